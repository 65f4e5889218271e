package io.auspex.sql.rel;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;

/**
 * A query that stays DuckDB's own text, which reads the rows of its inputs as tables. To Calcite it
 * is an operator of which nothing is known but its columns.
 */
public final class OpaqueQuery extends AbstractRelNode {
  private final List<String> pieces;
  private final List<String> columns;
  private final List<List<String>> inputColumns;
  private List<RelNode> inputs;

  /**
   * @param pieces the text; between one and the next stands an input, where a table may
   */
  public OpaqueQuery(
      RelOptCluster cluster, List<String> pieces, List<RelNode> inputs, List<String> columns) {
    this(
        cluster,
        pieces,
        inputs,
        columns,
        inputs.stream().map(input -> input.getRowType().getFieldNames()).toList());
  }

  private OpaqueQuery(
      RelOptCluster cluster,
      List<String> pieces,
      List<RelNode> inputs,
      List<String> columns,
      List<List<String>> inputColumns) {
    super(cluster, cluster.traitSet());
    this.pieces = List.copyOf(pieces);
    this.inputs = List.copyOf(inputs);
    this.inputColumns = List.copyOf(inputColumns);
    this.columns = List.copyOf(columns);
    this.rowType = Types.row(cluster.getTypeFactory(), columns);
  }

  public List<String> pieces() {
    return pieces;
  }

  /**
   * What the text calls the columns of an input. To Calcite names mean nothing, so that rules may
   * give it another input whose columns have others.
   */
  public List<String> inputColumns(int ordinal) {
    return inputColumns.get(ordinal);
  }

  @Override
  public List<RelNode> getInputs() {
    return inputs;
  }

  @Override
  public void replaceInput(int ordinal, RelNode input) {
    List<RelNode> replaced = new ArrayList<>(inputs);
    replaced.set(ordinal, input);
    inputs = List.copyOf(replaced);
    recomputeDigest();
  }

  @Override
  public OpaqueQuery copy(RelTraitSet traits, List<RelNode> newInputs) {
    return new OpaqueQuery(getCluster(), pieces, newInputs, columns, inputColumns);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    for (int i = 0; i < inputs.size(); i++) {
      writer.input("input#" + i, inputs.get(i));
    }
    // To Calcite, two of the same terms are the same.
    return writer
        .item("sql", String.join("?", pieces))
        .item("reads", inputColumns)
        .item("columns", columns);
  }
}
