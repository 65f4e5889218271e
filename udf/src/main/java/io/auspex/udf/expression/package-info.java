/**
 * What a model computes of one row, as expressions of its features: a graph without its tensors.
 * The kernels and the SQL of models are made of it.
 */
package io.auspex.udf.expression;
