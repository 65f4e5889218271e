/**
 * Model files of gradient boosting libraries, as ONNX graphs: XGBoost (JSON, UBJSON), LightGBM
 * (text) and CatBoost (JSON, binary) read without their libraries.
 */
package io.auspex.udf.trees;
