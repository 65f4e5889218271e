/**
 * Rewriting a model's graph before ONNX Runtime sees it, so that batches go in and out without
 * detours. A rewrite changes no bit of what is predicted; each is a small class, {@link
 * io.auspex.udf.onnx.rewrite.SessionGraph} applies them.
 */
package io.auspex.udf.onnx.rewrite;
