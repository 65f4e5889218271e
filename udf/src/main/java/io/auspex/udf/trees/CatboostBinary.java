package io.auspex.udf.trees;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.udf.trees.CatboostTree.Condition;
import io.auspex.udf.trees.Tree.Split;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads CatBoost's own binary format: a header, then a FlatBuffers table {@code TModelCore}
 * (model.fbs and features.fbs of CatBoost's sources, whose fields these numbers are).
 */
final class CatboostBinary {
  static final byte[] MAGIC = {'C', 'B', 'M', '1'};

  private static final int CORE_FORMAT = 0;
  private static final int CORE_TREES = 1;
  private static final int CORE_INFO = 2;

  private static final int DIMENSION = 0;
  private static final int SPLITS = 1;
  private static final int SIZES = 2;
  private static final int FLOAT_FEATURES = 5;
  private static final int LEAF_VALUES = 8;
  private static final int STEPS = 10;
  private static final int NODE_LEAVES = 11;
  private static final int SCALE = 14;
  private static final int BIAS = 15;
  private static final int BIASES = 16;

  private static final int FEATURE_BORDERS = 3;
  private static final int FEATURE_ID = 4;
  private static final int FEATURE_MISSING = 5;
  private static final int AS_TRUE = 2;

  /** CatBoost's own limit is 16. */
  static final int DEEPEST = 20;

  private final Source source;
  private final ByteBuffer buffer;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /**
   * @param buffer what follows the header
   */
  CatboostBinary(ByteBuffer buffer, Source source) {
    this.buffer = buffer;
    this.source = source;
  }

  TreeModel read() {
    FlatTable core = FlatTable.root(buffer);
    if (!core.text(CORE_FORMAT).startsWith("FlabuffersModel_v1")) {
      throw source.damaged("its format is " + core.text(CORE_FORMAT));
    }
    FlatTable trees = core.table(CORE_TREES);
    for (FlatTable feature : trees.tables(FLOAT_FEATURES)) {
      boolean missingIsTrue = feature.int8(FEATURE_MISSING) == AS_TRUE;
      for (float border : feature.floats(FEATURE_BORDERS)) {
        conditions.add(new Condition(names.size(), border, missingIsTrue));
      }
      names.add(feature.text(FEATURE_ID));
    }
    double[] bias = trees.doubles(BIASES);
    CatboostInfo info = info(core);
    return new Catboost(
            source,
            names,
            trees(trees),
            targets(trees),
            trees.float64(SCALE, 1),
            bias.length > 0 ? bias : new double[] {trees.float64(BIAS, 0)},
            info.loss(),
            info.classes())
        .model();
  }

  /** The values of the map are JSON texts. */
  private CatboostInfo info(FlatTable core) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode info = mapper.createObjectNode();
    for (FlatTable entry : core.tables(CORE_INFO)) {
      try {
        JsonNode value = mapper.readTree(entry.text(1));
        info.set(entry.text(0), value);
      } catch (JsonProcessingException text) {
        info.put(entry.text(0), entry.text(1));
      }
    }
    return new CatboostInfo(Part.root(info, source));
  }

  private int targets(FlatTable trees) {
    return source.count(Math.max(1, trees.int32(DIMENSION)), "targets");
  }

  private List<CatboostTree> trees(FlatTable table) {
    int targets = targets(table);
    int[] splits = table.ints(SPLITS);
    double[] leaves = table.doubles(LEAF_VALUES);
    int[] steps = table.unsignedShortPairs(STEPS);
    int[] nodeLeaves = table.ints(NODE_LEAVES);
    List<CatboostTree> trees = new ArrayList<>();
    int at = 0;
    int leaf = 0;
    for (int size : table.ints(SIZES)) {
      if (steps.length > 0) {
        trees.add(new Nodes(splits, steps, nodeLeaves, leaves, targets, at, size).tree());
      } else {
        List<Condition> asked = new ArrayList<>();
        for (int i = at; i < at + size; i++) {
          asked.add(condition(splits[i]));
        }
        if (size > DEEPEST) {
          throw source.damaged("it has a tree of depth " + size);
        }
        int values = (1 << size) * targets;
        Objects.checkFromIndexSize(leaf, values, leaves.length);
        trees.add(CatboostTree.symmetric(asked, Arrays.copyOfRange(leaves, leaf, leaf + values)));
        leaf += values;
      }
      at += size;
    }
    return trees;
  }

  /** Splits count through the borders of all features; those behind them are of categories. */
  private Condition condition(int split) {
    if (split >= conditions.size()) {
      throw source.unsupported("its trees split on categories or texts", Catboost.ADVICE);
    }
    return conditions.get(split);
  }

  /**
   * A tree of any form: a step of 0 from a node ends in the node's own leaf.
   *
   * @param nodeLeaves where in {@code values} a node's leaf begins
   */
  private final class Nodes {
    private final int[] splits;
    private final int[] steps;
    private final int[] nodeLeaves;
    private final double[] values;
    private final int targets;
    private final int first;
    private final int size;
    private final List<Double> leaves = new ArrayList<>();

    Nodes(
        int[] splits,
        int[] steps,
        int[] nodeLeaves,
        double[] values,
        int targets,
        int first,
        int size) {
      this.splits = splits;
      this.steps = steps;
      this.nodeLeaves = nodeLeaves;
      this.values = values;
      this.targets = targets;
      this.first = first;
      this.size = size;
    }

    CatboostTree tree() {
      int[] places = new int[size];
      int inner = 0;
      for (int node = 0; node < size; node++) {
        boolean isLeaf = step(node, 0) == 0 && step(node, 1) == 0;
        places[node] = isLeaf ? leaf(node) : inner++;
      }
      List<Split> inOrder = new ArrayList<>();
      for (int node = 0; node < size; node++) {
        if (places[node] >= 0) {
          int no = child(node, step(node, 0), places);
          int yes = child(node, step(node, 1), places);
          inOrder.add(condition(splits[first + node]).split(yes, no));
        }
      }
      return new CatboostTree(inOrder, leaves.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private int step(int node, int side) {
      return steps[2 * (first + node) + side];
    }

    private int child(int node, int step, int[] places) {
      return step == 0 ? leaf(node) : places[node + step];
    }

    private int leaf(int node) {
      int ordinal = leaves.size() / targets;
      for (int target = 0; target < targets; target++) {
        leaves.add(values[nodeLeaves[first + node] + target]);
      }
      return ~ordinal;
    }
  }
}
