/** Changing a model's graph, node by node. */
package io.auspex.udf.onnx.edit;
