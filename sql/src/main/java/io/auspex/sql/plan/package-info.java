/** From a query's text to a {@link io.auspex.sql.fragment.Plan}: by Calcite, or by the cut. */
package io.auspex.sql.plan;
