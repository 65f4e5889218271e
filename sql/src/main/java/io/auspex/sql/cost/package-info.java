/** What a prediction costs by each strategy. */
package io.auspex.sql.cost;
