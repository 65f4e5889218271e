package io.auspex.engine;

import io.auspex.catalog.Artifacts;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Registration;
import io.auspex.catalog.Registration.IfExists;
import io.auspex.catalog.Signature;
import io.auspex.sql.statement.Statement.CreateModel;
import io.auspex.sql.statement.Statement.DescribeModel;
import io.auspex.sql.statement.Statement.DropModel;
import io.auspex.sql.statement.Statement.OptionValue;
import io.auspex.sql.statement.Statement.OutputName;
import io.auspex.sql.statement.Statement.SetAlias;
import io.auspex.sql.statement.Statement.SetDefaultVersion;
import io.auspex.udf.onnx.ModelFile;
import io.auspex.udf.onnx.OutputChoice;
import io.auspex.udf.source.ModelSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The statements about models. */
final class ModelCommands {
  private final Catalog catalog;
  private final Artifacts artifacts;
  private final String database;

  /**
   * @param database the warehouse's own, which has the catalog
   */
  ModelCommands(Catalog catalog, Artifacts artifacts, String database) {
    this.catalog = catalog;
    this.database = database;
    this.artifacts = artifacts;
  }

  /** Reads the file, proves that it can be run, and keeps it. */
  void create(CreateModel statement) {
    IfExists ifExists =
        statement.orReplace()
            ? IfExists.ADD_VERSION
            : statement.ifNotExists() ? IfExists.KEEP : IfExists.FAIL;
    if (ifExists != IfExists.ADD_VERSION && catalog.exists(statement.name())) {
      if (ifExists == IfExists.FAIL) {
        throw new AuspexException(ErrorCode.MODEL_EXISTS, statement.name());
      }
      return;
    }
    ModelOptions options = options(statement);
    Read read;
    try {
      read = read(statement, options);
    } catch (AuspexException unusable) {
      OptionValue option = statement.options().get(unusable.subject());
      throw unusable.at(option == null ? statement.locationPosition() : option.position());
    }
    ModelFile file = read.file();
    Signature signature = file.signature(statement.features(), choices(statement.outputs()));
    catalog.create(
        new Registration(
            statement.name(),
            read.stored().digest(),
            read.stored().bytes(),
            file.graph().opset(),
            file.graph().producer(),
            statement.comment().orElse(""),
            signature,
            options),
        ifExists);
  }

  private record Read(Artifacts.Stored stored, ModelFile file) {}

  /** What is checked is the copy that is kept, whatever becomes of the original meanwhile. */
  private Read read(CreateModel statement, ModelOptions options) {
    Artifacts.Stored stored;
    try (ModelSource source = ModelSource.open(statement.location())) {
      stored = source.store(artifacts);
    }
    Set<String> outputs =
        statement.outputs().stream().map(OutputName::output).collect(Collectors.toSet());
    return new Read(stored, ModelFile.read(stored.path(), statement.location(), outputs, options));
  }

  private static ModelOptions options(CreateModel statement) {
    Map<String, String> values = new HashMap<>();
    statement
        .options()
        .forEach(
            (key, option) -> {
              try {
                ModelOptions.checkKnown(key);
              } catch (AuspexException unknown) {
                throw unknown.at(option.position());
              }
              values.put(key, option.value());
            });
    return new ModelOptions(values);
  }

  private static List<OutputChoice> choices(List<OutputName> outputs) {
    return outputs.stream()
        .map(output -> new OutputChoice(output.output(), output.column(), output.position()))
        .toList();
  }

  void setDefault(SetDefaultVersion statement) {
    catalog.setDefault(statement.model(), statement.version());
  }

  void setAlias(SetAlias statement) {
    catalog.setAlias(statement.model(), statement.alias(), statement.version());
  }

  /** Files that no version names any more go when the warehouse is opened next. */
  void drop(DropModel statement) {
    if (statement.ifExists() && !catalog.exists(statement.model())) {
      return;
    }
    statement
        .version()
        .ifPresentOrElse(
            version -> catalog.drop(statement.model(), version),
            () -> catalog.drop(statement.model()));
  }

  /** {@code SHOW MODELS}: a row a model, with its default version. */
  String list() {
    return "SELECT name, version AS default_version, inputs, outputs, comment, created_at FROM "
        + Names.quote(database)
        + ".auspex.models WHERE is_default ORDER BY lower(name)";
  }

  /** {@code DESCRIBE MODEL}: a row an input and output, then what else is known. */
  Rows describe(DescribeModel statement) {
    ModelVersion model;
    try {
      model = catalog.find(statement.model(), statement.version());
    } catch (AuspexException e) {
      throw e.at(statement.position());
    }
    Rows rows = new Rows("part", "name", "type", "shape", "columns");
    for (Input input : model.signature().inputs()) {
      String columns = String.join(", ", input.features());
      rows.add(
          "input",
          input.name(),
          input.type().sqlType(),
          shape(input.shape(), input.axis()),
          columns);
    }
    for (Output output : model.signature().outputs()) {
      String shape = shape(output.shape(), output.axis());
      rows.add("output", output.name(), output.sqlType(), shape, output.column());
    }
    return rows.add("version", Integer.toString(model.version()), null, null, null)
        .add("digest", model.digest(), null, null, null)
        .add("bytes", Long.toString(model.bytes()), null, null, null)
        .add("created", model.createdAt().toString(), null, null, null)
        .add("opset", Long.toString(model.opset()), null, null, null)
        .add("producer", model.producer(), null, null, null)
        .add("comment", model.comment(), null, null, null);
  }

  /** A dimension that may be anything is {@code N} where it is the batch, {@code ?} elsewhere. */
  private static String shape(List<Long> rowsFirst, int axis) {
    List<String> dimensions = new ArrayList<>();
    for (Long extent : rowsFirst.subList(1, rowsFirst.size())) {
      dimensions.add(extent < 0 ? "?" : extent.toString());
    }
    dimensions.add(axis, "N");
    return dimensions.toString();
  }
}
