/** Reading ONNX files: what a model takes, what it gives, and whether it can be used. */
package io.auspex.udf.onnx;
