package io.auspex.engine.source.write;

import io.auspex.engine.source.SourceServers;
import io.auspex.engine.source.write.copy.BinaryRows;
import io.auspex.engine.source.write.copy.BinaryRows.Piece;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/**
 * How fast rows go into PostgreSQL, beside a bare binary COPY of the same bytes from a file: {@code
 * WriteBench 5000000 3}.
 */
public final class WriteBench {
  private WriteBench() {}

  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("write-bench");
    String columns =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    switch (i % 5) {
                      case 0 -> "(i * 7919 + %d)::BIGINT AS c%d";
                      case 1 -> "((i + %d) %% 1000)::INTEGER AS c%d";
                      case 2 -> "(i * 0.37 + %d)::DOUBLE AS c%d";
                      case 3 -> "'text ' || (i + %d) %% 100000 AS c%d";
                      default -> "TIMESTAMP '2020-01-01' + INTERVAL (i + %d) SECOND AS c%d";
                    })
            .collect(Collectors.joining(", "));
    String[] made = columns.split(", (?=[^,]* AS c%d)");
    StringBuilder select = new StringBuilder();
    for (int i = 0; i < made.length; i++) {
      select.append(i == 0 ? "" : ", ").append(made[i].formatted(i, i));
    }
    try (Writes writes = new Writes(SourceServers.postgres(), folder.resolve("journal"))) {
      writes.duck("CREATE TABLE rows AS SELECT " + select + " FROM range(" + rows + ") t(i)");
      writes.create("first", "SELECT * FROM rows");
      Path file = folder.resolve("rows.bin");
      writes.there("COPY first TO '" + file + "' (FORMAT binary)");
      System.out.println("bytes " + Files.size(file));
      List<String> types =
          writes.rows(
              "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                  + " WHERE attrelid = 'first'::regclass AND attnum > 0 ORDER BY attnum");
      for (int round = 0; round < rounds; round++) {
        System.out.printf("scan %.2f s", scan(writes, null));
        System.out.printf(", scan and encoding %.2f s%n", scan(writes, types));
        double bare = bare(writes, file);
        double ours = ours(writes);
        System.out.printf(
            "round %d: bare %.2f s, ours %.2f s, ratio %.2f%n", round, bare, ours, bare / ours);
      }
    }
  }

  private static double scan(Writes writes, List<String> types) throws Exception {
    long started = System.nanoTime();
    BinaryRows[] encoder = new BinaryRows[1];
    Piece[] piece = {Piece.ofSize(1 << 18)};
    writes.scan(
        "SELECT * FROM rows",
        root -> {
          if (types != null) {
            encoder[0] = encoder[0] == null ? new BinaryRows(root, types) : encoder[0];
            encoder[0].begin();
            for (Piece next = piece[0]; next != null; next = encoder[0].next(piece[0])) {
              piece[0] = next;
            }
          }
        });
    return (System.nanoTime() - started) / 1e9;
  }

  private static double bare(Writes writes, Path file) throws Exception {
    writes.there("DROP TABLE IF EXISTS bare", "CREATE TABLE bare (LIKE first)", "CHECKPOINT");
    long started = System.nanoTime();
    try (Connection connection = writes.connections.borrow(writes.source);
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 18)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY bare FROM STDIN (FORMAT binary)", bytes, 1 << 18);
    }
    return (System.nanoTime() - started) / 1e9;
  }

  private static double ours(Writes writes) throws Exception {
    writes.there("DROP TABLE IF EXISTS ours", "CHECKPOINT");
    long started = System.nanoTime();
    writes.create("ours", "SELECT * FROM rows");
    return (System.nanoTime() - started) / 1e9;
  }
}
