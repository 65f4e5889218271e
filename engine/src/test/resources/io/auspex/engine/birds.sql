CREATE TYPE mood AS ENUM ('calm', 'wild', 'proud');
CREATE TABLE birds AS
SELECT i AS id,
       'bird ' || i AS name,
       CASE i % 5 WHEN 0 THEN 'Delphi' WHEN 1 THEN 'Dodona' WHEN 2 THEN 'Roma' WHEN 3 THEN 'Αθήνα' END AS city,
       CASE i % 4 WHEN 0 THEN 'basic' WHEN 1 THEN 'plus' WHEN 2 THEN '' END AS plan,
       CASE WHEN i % 7 <> 3 THEN 20.0 + i * 1.5 END::DOUBLE AS age,
       CASE WHEN i % 11 <> 5 THEN 1000 + (i * 37) % 400 END::DOUBLE AS income,
       (i * 7 % 10)::INTEGER AS ones,
       CASE WHEN i % 9 <> 4 THEN i * 3 % 10 END::INTEGER AS tens,
       (i % 4)::SMALLINT AS hundreds,
       (i % 3)::BIGINT AS thousands,
       DATE '2024-01-01' + (i * 5)::INTEGER AS seen,
       TIMESTAMP '2024-01-01 06:00:00' + INTERVAL (i) HOUR AS woke,
       CASE i % 4 WHEN 0 THEN 'calm' WHEN 1 THEN 'wild' WHEN 2 THEN 'proud' END::mood AS mood,
       ['t' || i % 3, 'u' || i % 2] AS tags,
       {'x': i, 'z': i / 2} AS place,
       MAP {'k': i % 6} AS keys,
       (i * 1.25)::DECIMAL(9, 2) AS weight,
       (i * 170141183460469231731687303715)::HUGEINT AS big
FROM range(1, 31) t(i);
CREATE TABLE owners AS
FROM (VALUES ('Delphi', 'Ann', DATE '2024-02-01', 1), ('Roma', 'Bob', DATE '2024-03-01', 2), ('Roma', 'Cy', DATE '2024-04-01', 3),
             ('Ostia', 'Di', DATE '2024-01-15', 4)) o(city, owner, since, number);
CREATE TABLE "odd names" AS SELECT ones AS "Ones", tens AS "TENS", hundreds, thousands, id AS "sel ect", name AS "Größe", city AS "from" FROM birds;
CREATE SCHEMA aviary;
CREATE TABLE aviary.birds AS SELECT * FROM birds WHERE id <= 5;
CREATE VIEW young AS SELECT * FROM birds WHERE age < 40;
COPY (SELECT * EXCLUDE (big, place, keys) FROM birds WHERE id <= 15) TO '$folder/birds_1.parquet';
COPY (SELECT * EXCLUDE (big, place, keys) FROM birds WHERE id > 15) TO '$folder/birds_2.parquet';
COPY (SELECT id, city, plan, ones, tens, hundreds, thousands FROM birds) TO '$folder/birds.csv';
COPY (SELECT id, city, tags, ones, tens, hundreds, thousands FROM birds) TO '$folder/birds.json'
