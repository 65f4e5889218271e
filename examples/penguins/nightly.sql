-- Scores the penguins of an island whose sex is unknown. It can be run as often as you like.
CREATE TABLE IF NOT EXISTS nightly_guesses (day DATE, id BIGINT, guess VARCHAR, chance FLOAT);

BEGIN;
DELETE FROM nightly_guesses WHERE day = getvariable('day')::DATE;
INSERT INTO nightly_guesses
SELECT getvariable('day')::DATE, id, guess, chances[guess]
FROM PREDICT(MODEL penguin_sex, (
    SELECT * FROM penguins
    WHERE sex IS NULL AND body_mass_g IS NOT NULL AND island = getvariable('island')));
COMMIT;

SELECT day, count(*) AS penguins, round(min(chance), 3) AS least_certain
FROM nightly_guesses GROUP BY day ORDER BY day;
