package io.auspex.udf.trees;

import static io.auspex.udf.onnx.edit.Nodes.attribute;
import static io.auspex.udf.onnx.edit.Nodes.texts;
import static io.auspex.udf.trees.GraphWriter.flags;
import static io.auspex.udf.trees.GraphWriter.tensor;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.trees.TreeModel.Feature;
import io.auspex.udf.trees.TreeModel.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A boosted model as an ONNX graph.
 *
 * <pre>
 * features → (zero as missing, whole categories) → TreeEnsemble → link → label, probabilities
 *                                                                      | prediction
 * </pre>
 *
 * The link is computed in double precision, so that the prediction is off by the library's own
 * rounding at most.
 */
final class TreeGraph {
  private static final int OPSET = 18;
  private static final int ML_OPSET = 5;
  private static final int IR_VERSION = 9;

  private final TreeModel model;
  private final GraphWriter writer = new GraphWriter("trees");

  private TreeGraph(TreeModel model) {
    this.model = model;
  }

  static ModelProto of(TreeModel model) {
    return new TreeGraph(model).write();
  }

  private ModelProto write() {
    String scores = EnsembleNode.write(writer, model, transformed(features()));
    outputs(scores);
    ModelProto.Builder proto =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(GraphWriter.ML).setVersion(ML_OPSET))
            .setProducerName(model.library())
            .setGraph(writer.graph());
    model
        .metadata()
        .forEach(
            (key, value) ->
                proto.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return proto.build();
  }

  /** One matrix, or a column each where some hold texts. */
  private String features() {
    if (!model.hasTexts()) {
      return typed(writer.input("features", model.input(), model.features().size()));
    }
    List<String> columns = new ArrayList<>();
    for (Feature feature : model.features()) {
      columns.add(
          feature.categories().isEmpty()
              ? typed(writer.input(feature.name(), model.input(), 1))
              : ordinals(feature));
    }
    return writer.node("Concat", columns, attribute("axis", 1));
  }

  private String typed(String column) {
    return cast(column, model.input(), model.type());
  }

  private String cast(String value, ElementType from, ElementType to) {
    return from == to ? value : writer.cast(value, to);
  }

  /** A text it does not know is missing. */
  private String ordinals(Feature feature) {
    List<Long> codes = new ArrayList<>();
    for (long i = 0; i < feature.categories().size(); i++) {
      codes.add(i);
    }
    String text = writer.input(feature.name(), ElementType.STRING, 1);
    String code =
        writer.node(
            "LabelEncoder",
            GraphWriter.ML,
            List.of(text),
            texts("keys_strings", feature.categories()),
            attribute("values_int64s", codes),
            attribute("default_int64", -1L));
    String number = writer.cast(code, model.type());
    String unknown = writer.node("Less", List.of(number, writer.scalar(model.type(), 0)));
    return where(unknown, writer.scalar(model.type(), Double.NaN), number);
  }

  private String transformed(String x) {
    if (has(Feature::zeroIsMissing)) {
      String small =
          writer.node(
              "LessOrEqual",
              List.of(
                  writer.node("Abs", List.of(x)), writer.scalar(model.type(), LightgbmTree.ZERO)));
      String mask = mask(Feature::zeroIsMissing);
      String missing = writer.node("And", List.of(mask, small));
      x = where(missing, writer.scalar(model.type(), Double.NaN), x);
    }
    if (has(feature -> feature.rounding() == Rounding.DOWN)) {
      String mask = mask(feature -> feature.rounding() == Rounding.DOWN);
      x = where(mask, writer.node("Floor", List.of(x)), x);
    }
    if (has(feature -> feature.rounding() == Rounding.TO_ZERO)) {
      String mask = mask(feature -> feature.rounding() == Rounding.TO_ZERO);
      String negative = writer.node("Less", List.of(x, writer.scalar(model.type(), 0)));
      String floor = writer.node("Floor", List.of(x));
      x = where(mask, where(negative, writer.node("Ceil", List.of(x)), floor), x);
    }
    return x;
  }

  private boolean has(Predicate<Feature> kind) {
    return model.features().stream().anyMatch(kind);
  }

  private String mask(Predicate<Feature> kind) {
    boolean[] mask = new boolean[model.features().size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = kind.test(model.features().get(i));
    }
    return writer.constant(flags(mask));
  }

  private String where(String condition, String yes, String no) {
    return writer.node("Where", List.of(condition, yes, no));
  }

  private void outputs(String scores) {
    String linked = linked(cast(scores, model.type(), ElementType.DOUBLE));
    if (!model.isClassifier()) {
      String prediction = cast(linked, ElementType.DOUBLE, model.type());
      writer.output("prediction", model.type(), model.targets(), prediction);
      return;
    }
    String probabilities = model.targets() == 1 ? both(linked) : linked;
    probabilities = cast(probabilities, ElementType.DOUBLE, model.type());
    String ordinal =
        writer.node(
            "ArgMax", List.of(probabilities), attribute("axis", 1), attribute("keepdims", 0));
    label(ordinal);
    int classes = model.classes().size();
    if (model.hasOrdinalClasses() || model.classes().get(0) instanceof Double) {
      writer.output("probabilities", model.type(), classes, probabilities);
    } else {
      byLabel(cast(probabilities, model.type(), ElementType.FLOAT));
    }
  }

  private String linked(String x) {
    double slope = model.link().slope() / model.divisor();
    if (slope != 1) {
      x = writer.node("Mul", List.of(x, writer.scalar(ElementType.DOUBLE, slope)));
    }
    return switch (model.link().kind()) {
      case IDENTITY -> x;
      case EXP -> writer.node("Exp", List.of(x));
      case SIGMOID -> sigmoid(x);
      case SOFTMAX -> writer.node("Softmax", List.of(x), attribute("axis", 1));
      case SIGNED_SQUARE -> writer.node("Mul", List.of(x, writer.node("Abs", List.of(x))));
      case SOFTPLUS ->
          writer.node(
              "Log",
              List.of(
                  writer.node(
                      "Add",
                      List.of(
                          writer.node("Exp", List.of(x)), writer.scalar(ElementType.DOUBLE, 1)))));
      case STEP ->
          writer.cast(
              writer.node("Greater", List.of(x, writer.scalar(ElementType.DOUBLE, 0))),
              ElementType.DOUBLE);
    };
  }

  private String sigmoid(String x) {
    String one = writer.scalar(ElementType.DOUBLE, 1);
    String e = writer.node("Exp", List.of(writer.node("Neg", List.of(x))));
    return writer.node("Div", List.of(one, writer.node("Add", List.of(one, e))));
  }

  /** The probabilities of 0 and of 1. */
  private String both(String ofOne) {
    String ofZero = writer.node("Sub", List.of(writer.scalar(ElementType.DOUBLE, 1), ofOne));
    return writer.node("Concat", List.of(ofZero, ofOne), attribute("axis", 1));
  }

  private void label(String ordinal) {
    Object first = model.classes().get(0);
    if (first instanceof Boolean) {
      writer.output("label", ElementType.BOOL, 0, writer.cast(ordinal, ElementType.BOOL));
    } else if (model.hasOrdinalClasses()) {
      writer.output("label", ElementType.INT64, 0, ordinal);
    } else if (first instanceof Long) {
      long[] labels = model.classes().stream().mapToLong(label -> (Long) label).toArray();
      writer.output("label", ElementType.INT64, 0, pick(writer.constant(tensor(labels)), ordinal));
    } else if (first instanceof Double) {
      double[] labels = model.classes().stream().mapToDouble(label -> (Double) label).toArray();
      String constant = writer.constant(tensor(ElementType.DOUBLE, labels));
      writer.output("label", ElementType.DOUBLE, 0, pick(constant, ordinal));
    } else {
      String constant = writer.constant(tensor(names()));
      writer.output("label", ElementType.STRING, 0, pick(constant, ordinal));
    }
  }

  private List<String> names() {
    return model.classes().stream().map(String.class::cast).toList();
  }

  private String pick(String labels, String ordinal) {
    return writer.node("Gather", List.of(labels, ordinal));
  }

  private void byLabel(String probabilities) {
    boolean numbers = model.classes().get(0) instanceof Long;
    writer.into(
        "probabilities",
        "ZipMap",
        GraphWriter.ML,
        List.of(probabilities),
        numbers
            ? attribute(
                "classlabels_int64s", model.classes().stream().map(Long.class::cast).toList())
            : texts("classlabels_strings", names()));
    writer.outputOfMaps("probabilities", numbers ? ElementType.INT64 : ElementType.STRING);
  }
}
