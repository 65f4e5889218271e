package io.auspex.udf.binding;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides which column a model reads for which of its features, and how the column's values become
 * the tensor's.
 *
 * <p>An input of {@code [N]} or {@code [N,1]} takes one column. A matrix {@code [N,F]} takes either
 * a column a feature, or one array column whose rows are the tensor's rows; an input of more
 * dimensions takes an array column, nested as the tensor is, or flat; where its size is known, a
 * BLOB of the elements' bytes will do. Numbers, decimals and booleans become the tensor's numbers;
 * integers become booleans; text is text. Everything else has to be said by a CAST: it is refused
 * as FEATURE_TYPE.
 */
public final class Bindings {
  private final ModelVersion model;
  private final List<Column> columns;
  private final List<Feature> features = new ArrayList<>();

  private Bindings(ModelVersion model, List<Column> columns) {
    this.model = model;
    this.columns = columns;
  }

  /**
   * Binds each feature to the column of its name, whatever the columns' order and the names' case.
   *
   * @return the features in the order of the model's inputs
   * @throws AuspexException FEATURE_NOT_FOUND, FEATURE_AMBIGUOUS, FEATURE_TYPE, FEATURES_UNKNOWN
   */
  public static List<Feature> byName(ModelVersion model, List<Column> columns) {
    Bindings bindings = new Bindings(model, columns);
    model.signature().inputs().forEach(bindings::bindByName);
    return List.copyOf(bindings.features);
  }

  /**
   * Binds the columns, in their order, to the model's features in theirs.
   *
   * @throws AuspexException FEATURE_COUNT, FEATURE_TYPE
   */
  public static List<Feature> byPosition(ModelVersion model, List<Column> columns) {
    Bindings bindings = new Bindings(model, columns);
    bindings.bindByPosition();
    return List.copyOf(bindings.features);
  }

  private void bindByName(Input input) {
    if (takesOneValue(input)) {
      bindValue(input, 0, required(featureName(input, 0), input));
      return;
    }
    if (input.rowShape().size() > 1) {
      bindArray(input, required(featureName(input, 0), input));
      return;
    }
    boolean anyFeature = input.features().stream().anyMatch(name -> !ordinals(name).isEmpty());
    if (!anyFeature && bindArrayNamed(input)) {
      return;
    }
    if (input.features().isEmpty()) {
      throw unknownFeatures(input);
    }
    for (int slot = 0; slot < input.features().size(); slot++) {
      bindValue(input, slot, required(input.features().get(slot), input));
    }
  }

  /** Binds the array column that is named as the input; false if there is none. */
  private boolean bindArrayNamed(Input input) {
    List<Integer> found = ordinals(input.name());
    if (found.stream().noneMatch(ordinal -> takesWhole(input, ordinal))) {
      return false;
    }
    bindArray(input, required(input.name(), input));
    return true;
  }

  private void bindByPosition() {
    List<Input> inputs = model.signature().inputs();
    int next = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      boolean isArray = next < columns.size() && takesWhole(input, next);
      if (!takesOneValue(input) && (isArray || input.rowShape().size() > 1)) {
        if (next == columns.size()) {
          throw wrongCount();
        }
        bindArray(input, next++);
        continue;
      }
      long taken = valuesTaken(input);
      if (taken < 0) {
        taken =
            Math.max(1, columns.size() - next - leastColumns(inputs.subList(i + 1, inputs.size())));
      }
      if (next + taken > columns.size()) {
        throw wrongCount();
      }
      for (int slot = 0; slot < taken; slot++) {
        bindValue(input, slot, next++);
      }
    }
    if (next != columns.size()) {
      throw wrongCount();
    }
  }

  private void bindValue(Input input, int slot, int ordinal) {
    ColumnType type = typeOf(ordinal);
    if (type.isArray() || !type.fits(input.type())) {
      throw wrongType(
          featureName(input, slot), input.type().sqlType(), ordinal, hint(input, ordinal));
    }
    String carrier = type.carrier(input.type());
    features.add(new Feature(input, slot, ordinal, carrier, !carrier.equals(type.sql())));
  }

  /** Whether the column has all values of a row of the input. */
  private boolean takesWhole(Input input, int ordinal) {
    return typeOf(ordinal).isArray() || isBytes(input, ordinal);
  }

  private boolean isBytes(Input input, int ordinal) {
    boolean hasBytes = input.type() != ElementType.STRING && input.width() >= 0;
    return hasBytes && typeOf(ordinal).kind() == ColumnType.Kind.BYTES;
  }

  private void bindArray(Input input, int ordinal) {
    ColumnType type = typeOf(ordinal);
    if (isBytes(input, ordinal)) {
      features.add(new Feature(input, 0, ordinal, type.sql(), false));
      return;
    }
    boolean fitsShape = type.isArray() && type.hasShapeOf(input);
    if (!fitsShape || !type.fits(input.type())) {
      String wanted = input.type().arrayOf(input.rowShape());
      String hint =
          type.isArray() && !fitsShape
              ? "Give arrays of that shape" + (input.width() < 0 ? "." : ", or flat ones.")
              : hint(input, ordinal);
      throw wrongType(featureName(input, 0), wanted, ordinal, hint);
    }
    String carrier = type.carrier(input.type());
    String carried = type.withElements(carrier);
    features.add(new Feature(input, 0, ordinal, carried, !carrier.equals(type.sql())));
  }

  private int required(String name, Input input) {
    List<Integer> found = ordinals(name);
    if (found.isEmpty()) {
      List<String> present = columns.stream().map(Column::name).toList();
      throw new AuspexException(
          ErrorCode.FEATURE_NOT_FOUND,
          model.model(),
          name,
          input.columnType(),
          Names.didYouMean(name, present));
    }
    if (found.size() > 1) {
      throw new AuspexException(ErrorCode.FEATURE_AMBIGUOUS, model.model(), name);
    }
    return found.get(0);
  }

  private List<Integer> ordinals(String name) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (Names.fold(columns.get(i).name()).equals(Names.fold(name))) {
        found.add(i);
      }
    }
    return found;
  }

  private ColumnType typeOf(int ordinal) {
    return ColumnType.of(columns.get(ordinal).type());
  }

  private static boolean takesOneValue(Input input) {
    return input.rowShape().isEmpty() || input.rowShape().equals(List.of(1L));
  }

  /** How many columns an input takes by position, one value each; −1 where any number will do. */
  private static long valuesTaken(Input input) {
    if (takesOneValue(input) || input.rowShape().size() > 1) {
      return 1;
    }
    return input.features().isEmpty() ? input.width() : input.features().size();
  }

  private static long leastColumns(List<Input> inputs) {
    return inputs.stream().mapToLong(input -> Math.max(1, valuesTaken(input))).sum();
  }

  private static String featureName(Input input, int slot) {
    return slot < input.features().size() ? input.features().get(slot) : input.name();
  }

  private String hint(Input input, int ordinal) {
    ColumnType type = typeOf(ordinal);
    String column = Names.quote(columns.get(ordinal).name());
    if (type.isArray() && takesOneValue(input)) {
      return "Give one value of it, such as " + column + "[1].";
    } else if (!type.isArray() && type.kind() == ColumnType.Kind.TEMPORAL) {
      return "Turn it into what the model was trained on, such as epoch(" + column + ").";
    }
    return "Say what you mean with CAST(" + column + " AS " + input.type().sqlType() + ").";
  }

  private AuspexException wrongType(String feature, String wanted, int ordinal, String hint) {
    Column column = columns.get(ordinal);
    return new AuspexException(
        ErrorCode.FEATURE_TYPE, model.model(), feature, wanted, column.name(), column.type(), hint);
  }

  private AuspexException unknownFeatures(Input input) {
    String width = input.width() < 0 ? "any number of" : Long.toString(input.width());
    return new AuspexException(ErrorCode.FEATURES_UNKNOWN, model.model(), width, input.name());
  }

  private AuspexException wrongCount() {
    List<Input> inputs = model.signature().inputs();
    boolean anyNumber = inputs.stream().anyMatch(input -> valuesTaken(input) < 0);
    String count = (anyNumber ? "at least " : "") + leastColumns(inputs);
    String names = inputs.stream().map(Bindings::featureNames).collect(Collectors.joining(", "));
    return new AuspexException(
        ErrorCode.FEATURE_COUNT, model.model(), count, names, columns.size());
  }

  private static String featureNames(Input input) {
    if (!input.features().isEmpty()) {
      return String.join(", ", input.features());
    }
    long taken = valuesTaken(input);
    return taken == 1 ? input.name() : input.name() + '[' + (taken < 0 ? "" : taken) + ']';
  }
}
