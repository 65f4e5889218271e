/**
 * ONNX's tree ensembles as data: the operators TreeEnsembleRegressor, TreeEnsembleClassifier and
 * TreeEnsemble of ai.onnx.ml, with the meaning that ONNX Runtime gives them.
 */
package io.auspex.udf.ensemble;
