package io.auspex.udf.onnx.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import io.auspex.udf.onnx.ModelFile;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.edit.GraphEditor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SessionGraphTest {
  @Test
  void zipMapGivesWayToItsTensorAndKeys() {
    ModelFile file = model("seven_classes");
    SessionGraph graph =
        SessionGraph.of(file.graph(), file.signature(), file.signature().outputs());
    assertThat(operators(graph)).contains("TreeEnsembleClassifier").doesNotContain("ZipMap");
    assertThat(graph.reads().get(1).keys()).hasSize(7).contains("augur", "heron");
  }

  @Test
  void outputsNobodyReadsAreNotComputed() {
    ModelFile file = model("multi_output");
    List<Output> label =
        file.signature().outputs().stream().filter(o -> o.name().equals("label")).toList();
    List<Output> score =
        file.signature().outputs().stream().filter(o -> o.name().equals("score")).toList();
    assertThat(operators(SessionGraph.of(file.graph(), file.signature(), label)))
        .containsExactly("MatMul", "ArgMax");
    assertThat(operators(SessionGraph.of(file.graph(), file.signature(), score)))
        .containsExactly("MatMul");
  }

  @Test
  void anElementOfAnArrayIsAnOutputOfItsOwn() {
    ModelFile file = model("multi_output");
    Output scores =
        file.signature().outputs().stream().filter(o -> o.name().equals("score")).toList().get(0);
    SessionGraph graph =
        SessionGraph.of(
            file.graph(),
            file.signature(),
            List.of(scores.part(1), scores.part(0), scores.part(1)));
    assertThat(operators(graph))
        .containsExactly("MatMul", "Constant", "Gather", "Constant", "Gather");
    assertThat(graph.reads())
        .extracting(SessionGraph.Read::name)
        .containsExactly("score.1", "score.0", "score.1");
    assertThat(graph.model().getGraph().getOutputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("score.1", "score.0");
  }

  /** A branch of an If reads the values of the graph around it without naming them as inputs. */
  @Test
  void whatSubgraphsReadStays() {
    GraphProto branch =
        GraphProto.newBuilder()
            .addNode(node("Identity", "captured", "result"))
            .addOutput(ValueInfoProto.newBuilder().setName("result"))
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .addInput(ValueInfoProto.newBuilder().setName("x"))
            .addNode(node("Neg", "x", "captured"))
            .addNode(node("Abs", "x", "dead"))
            .addNode(
                node("If", "condition", "y")
                    .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(branch)))
            .addOutput(ValueInfoProto.newBuilder().setName("dead"))
            .addOutput(ValueInfoProto.newBuilder().setName("y"))
            .build();
    GraphEditor editor = new GraphEditor(ModelProto.newBuilder().setGraph(graph).build());
    TrimOutputs.apply(editor, Set.of("y"));
    assertThat(editor.graph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Neg", "If");
    assertThat(editor.fresh("result")).isEqualTo("result_1");
  }

  @Test
  void aModelOfOtherOperatorSetsGetsTheDefaultOneWhenANodeIsAdded() {
    ModelProto model =
        ModelProto.newBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(1))
            .setGraph(
                GraphProto.newBuilder()
                    .addNode(node("ZipMap", "t", "maps"))
                    .addOutput(ValueInfoProto.newBuilder().setName("maps")))
            .build();
    Output maps =
        new Output(
            "maps", "maps", ElementType.FLOAT, List.of(-1L), Optional.of(ElementType.STRING));
    SessionGraph graph =
        SessionGraph.of(
            new OnnxGraph(model), new Signature(List.of(), List.of(maps)), List.of(maps));
    assertThat(graph.model().getOpsetImportList())
        .extracting(OperatorSetIdProto::getDomain)
        .containsExactly("ai.onnx.ml", "");
  }

  private static NodeProto.Builder node(String operator, String input, String output) {
    return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output);
  }

  private static ModelFile model(String name) {
    return ModelFile.read(Path.of("src/test/resources/models", name + ".onnx"));
  }

  private static List<String> operators(SessionGraph graph) {
    return new OnnxGraph(graph.model()).operators();
  }
}
