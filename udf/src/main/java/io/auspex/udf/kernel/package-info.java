/** Computes models block by block in Java: what ONNX Runtime does a row at a time. */
package io.auspex.udf.kernel;
