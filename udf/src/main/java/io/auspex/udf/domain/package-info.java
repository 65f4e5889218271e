/**
 * What is known of features' values before a row is seen, and models made simpler for it: constants
 * fold, what no row can reach goes.
 */
package io.auspex.udf.domain;
