package io.auspex.udf.expression;

import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tensor whose first dimension are rows: {@code [N]} of one value, {@code [N,K]} of K, {@code
 * [N,1,K]}, or {@code [N,J,K]} of J·K. A constant has no rows, and is the same for all of them.
 *
 * @param rank how many dimensions there are; 4 where there are three and the second is not 1;
 *     {@link #ACROSS} where it is {@code [1,N]}, a value of each row
 * @param constant what it is where it is one; its values are then those of its only row
 */
record Columns(List<Expression> values, int rank, Optional<Tensor> constant) {
  /** The rows lie side by side: few operators do with each of them what they do with others. */
  static final int ACROSS = -1;

  Columns(List<Expression> values, int rank) {
    this(values, rank, Optional.empty());
  }

  static Columns of(Tensor tensor) {
    List<Expression> values = new ArrayList<>();
    boolean isRow =
        tensor.dims().size() < 2 || (tensor.dims().size() == 2 && tensor.dims().get(0) == 1);
    if (isRow) {
      for (int i = 0; i < tensor.size(); i++) {
        values.add(
            tensor.type() == ElementType.STRING
                ? new Expression.Text(tensor.texts().get(i))
                : new Expression.Literal(tensor.numbers()[i], tensor.type()));
      }
    }
    return new Columns(values, tensor.dims().size(), Optional.of(tensor));
  }

  ElementType type() {
    return constant.isPresent() ? constant.get().type() : values.get(0).type();
  }

  int width() {
    return values.size();
  }

  /** The value of a column, or the only one for each of them. */
  Expression at(int column) {
    return values.get(values.size() == 1 ? 0 : column);
  }

  boolean isAcross() {
    return rank == ACROSS;
  }

  Tensor tensor() {
    return constant.orElseThrow(() -> new GraphReader.Unread("an operand that is no constant"));
  }
}
