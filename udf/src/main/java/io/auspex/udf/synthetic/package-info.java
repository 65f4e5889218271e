/** Models made up to be measured, not to predict anything. */
package io.auspex.udf.synthetic;
