package io.auspex.udf.predict;

/**
 * Which predictions are wanted. The others may be NULL instead.
 *
 * @param output the ordinal of the output that is looked at, one number
 * @param isLeast whether values from the limit up are wanted, rather than those down from it
 * @param limit infinite where there is none
 * @param top how many of the greatest, or of the least, are wanted; 0 for all
 */
public record OutputBound(int output, boolean isLeast, double limit, int top) {}
