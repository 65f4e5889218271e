package io.auspex.engine;

import io.auspex.catalog.Artifacts;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelOptions.Option;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.catalog.Registration;
import io.auspex.catalog.Registration.IfExists;
import io.auspex.catalog.Settings;
import io.auspex.catalog.Signature;
import io.auspex.sql.statement.Statement.CreateModel;
import io.auspex.sql.statement.Statement.DescribeModel;
import io.auspex.sql.statement.Statement.DropModel;
import io.auspex.sql.statement.Statement.ExplainModel;
import io.auspex.sql.statement.Statement.OptionValue;
import io.auspex.sql.statement.Statement.OutputName;
import io.auspex.sql.statement.Statement.SetAlias;
import io.auspex.sql.statement.Statement.SetDefaultVersion;
import io.auspex.udf.onnx.ModelFile;
import io.auspex.udf.onnx.OutputChoice;
import io.auspex.udf.onnx.StoredModel;
import io.auspex.udf.source.ModelSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The statements about models. */
final class ModelCommands {
  private final Catalog catalog;
  private final Artifacts artifacts;
  private final String database;
  private final Settings settings;

  /**
   * @param database the warehouse's own, which has the catalog
   */
  ModelCommands(Catalog catalog, Artifacts artifacts, String database, Settings settings) {
    this.settings = settings;
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
      throw atOption(unusable, statement).at(statement.locationPosition());
    }
    ModelFile file = read.file();
    Signature signature;
    try {
      signature = file.signature(statement.features(), choices(statement.outputs()));
    } catch (AuspexException unfit) {
      throw atOption(unfit, statement);
    }
    catalog.create(
        new Registration(
            statement.name(),
            read.stored().digest(),
            read.stored().data(),
            read.stored().bytes(),
            file.graph().opset(),
            file.graph().producer(),
            statement.comment().orElse(""),
            signature,
            options),
        ifExists);
  }

  /** The error, where the option stands that it is about. */
  private static AuspexException atOption(AuspexException error, CreateModel statement) {
    OptionValue option = statement.options().get(error.subject());
    return option == null ? error : error.at(option.position());
  }

  private record Read(StoredModel stored, ModelFile file) {}

  /** What is checked is the copy that is kept, whatever becomes of the original meanwhile. */
  private Read read(CreateModel statement, ModelOptions options) {
    StoredModel stored;
    String name;
    try (ModelSource source = ModelSource.open(statement.location())) {
      stored = source.store(artifacts);
      name = source.name();
    }
    Set<String> outputs =
        statement.outputs().stream().map(OutputName::output).collect(Collectors.toSet());
    return new Read(stored, ModelFile.read(stored.path(), name, outputs, options));
  }

  private ModelOptions options(CreateModel statement) {
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
    OptionValue library = statement.options().get(Option.LIBRARY.key(""));
    if (library == null) {
      return new ModelOptions(values);
    }
    try {
      values.put(Option.LIBRARY.key(""), library(library.value()).toString());
      ModelOptions options = new ModelOptions(values);
      options.checkLibraryAllowed(statement.name(), settings);
      return options;
    } catch (AuspexException unusable) {
      throw unusable.at(library.position());
    }
  }

  /** It stays where it is, and must be there whenever the model predicts. */
  private static Path library(String location) {
    Path library = Path.of(location).toAbsolutePath().normalize();
    if (!Files.isRegularFile(library)) {
      throw new AuspexException(ErrorCode.FILE_NOT_FOUND, location, "It is named as a library.");
    }
    return library;
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

  /** {@code DESCRIBE MODEL}. */
  Rows describe(DescribeModel statement) {
    ModelVersion model = find(statement.model(), statement.version(), statement.position());
    return new ModelDescription(model, artifacts).rows();
  }

  /** {@code EXPLAIN MODEL}. */
  Rows explain(ExplainModel statement) {
    ModelVersion model = find(statement.model(), statement.version(), statement.position());
    return new ModelDescription(model, artifacts).plan();
  }

  private ModelVersion find(String name, Optional<String> version, Position position) {
    try {
      return catalog.find(name, version);
    } catch (AuspexException e) {
      throw e.at(position);
    }
  }
}
