package io.auspex.udf.expression;

import io.auspex.catalog.ElementType;
import io.auspex.udf.expression.Expression.ArgMax;
import io.auspex.udf.expression.GraphReader.Unread;
import io.auspex.udf.onnx.Attributes;
import io.auspex.udf.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Operators that move values about, and compute none. */
final class Shapes {
  private Shapes() {}

  /** Of matrices side by side; what a one-hot encoder makes may have a dimension more. */
  static Columns concat(List<Columns> parts, Attributes attributes) {
    List<Expression> values = new ArrayList<>();
    int rank = parts.get(0).rank();
    long axis = attributes.integer("axis", 1);
    boolean isLast = axis == rank - 1 || axis == -1 || !attributes.has("axis");
    if (!isLast || rank < 2 || rank > 3) {
      throw new Unread("Concat of rows");
    }
    ElementType type = parts.get(0).type();
    for (Columns part : parts) {
      boolean isOne = part.constant().isPresent() && part.tensor().dims().size() != 2;
      if (part.rank() != rank || isOne || part.type() != type) {
        throw new Unread("Concat of unlike tensors");
      }
      values.addAll(part.values());
    }
    return new Columns(values, rank);
  }

  static Columns flatten(Columns x, Attributes attributes) {
    if (attributes.integer("axis", 1) != 1) {
      throw new Unread("Flatten of rows");
    }
    return new Columns(x.values(), 2);
  }

  /** A row's values stay a row's values. */
  static Columns reshape(Columns x, double[] shape, Attributes attributes) {
    int width = x.width();
    boolean isSameRows = shape.length == 2 && shape[0] == 0 && !x.isAcross();
    boolean isMatrix =
        shape.length == 2
            && ((shape[0] == -1 && shape[1] == width)
                || (isSameRows && (shape[1] == width || shape[1] == -1)));
    boolean isVector = shape.length == 1 && shape[0] == -1 && width == 1;
    if (!(isMatrix || isVector) || attributes.integer("allowzero", 0) != 0) {
      throw new Unread("Reshape of rows");
    }
    return new Columns(x.values(), shape.length);
  }

  static Columns squeeze(Columns x, double[] axes) {
    boolean isMiddle = axes.length == 1 && x.rank() == 3 && (axes[0] == 1 || axes[0] == -2);
    boolean isLast =
        axes.length == 1 && x.rank() == 2 && x.width() == 1 && (axes[0] == 1 || axes[0] == -1);
    if (!isMiddle && !isLast) {
      throw new Unread("Squeeze of rows");
    }
    return new Columns(x.values(), x.rank() - 1);
  }

  static Columns unsqueeze(Columns x, double[] axes) {
    boolean isLast = axes.length == 1 && x.rank() == 1 && (axes[0] == 1 || axes[0] == -1);
    if (!isLast) {
      throw new Unread("Unsqueeze of rows");
    }
    return new Columns(x.values(), 2);
  }

  /** Columns of a matrix; or entries of a list by the rows' ordinals, which are all in one row. */
  static Columns extracted(Columns data, Columns ordinals) {
    if (ordinals.constant().isPresent()) {
      return picked(data, ordinals.tensor());
    }
    List<Long> dims = data.tensor().dims();
    boolean isList = dims.size() == 1 || (dims.size() == 2 && dims.get(0) == 1);
    if (!isList || ordinals.width() != 1) {
      throw new Unread("a choice of columns by row");
    }
    checkWithin(ordinals, data.tensor().size());
    return new Columns(List.of(Encoders.entry(data.tensor(), ordinals.at(0))), Columns.ACROSS);
  }

  /** Columns of a matrix, or the entries of a list by their ordinals. */
  static Columns gather(Columns data, Columns indices, long axis) {
    if (data.constant().isPresent() && axis == 0 && data.tensor().dims().size() == 1) {
      checkWithin(indices, data.tensor().size());
      return Operators.each(indices, ordinal -> Encoders.entry(data.tensor(), ordinal));
    } else if (axis == 1 && data.rank() == 2 && indices.tensor().dims().size() <= 1) {
      Columns picked = picked(data, indices.tensor());
      return new Columns(picked.values(), indices.tensor().dims().isEmpty() ? 1 : 2);
    }
    throw new Unread("Gather of rows");
  }

  /** An ordinal that a list does not have is an error, which must be ONNX Runtime's. */
  private static void checkWithin(Columns ordinals, int size) {
    for (Expression ordinal : ordinals.values()) {
      boolean isWithin = ordinal instanceof ArgMax argMax && argMax.values().size() <= size;
      if (!isWithin) {
        throw new Unread("an entry by what may be any number");
      }
    }
  }

  static Columns picked(Columns data, Tensor ordinals) {
    if (data.constant().isPresent() && data.tensor().dims().size() != 2) {
      // As ArrayFeatureExtractor does with a list of labels.
      throw new Unread("a choice of constants");
    }
    List<Expression> values = new ArrayList<>();
    for (double ordinal : ordinals.numbers()) {
      int at = (int) (ordinal < 0 ? ordinal + data.width() : ordinal);
      values.add(data.values().get(at));
    }
    return new Columns(values, 2);
  }
}
