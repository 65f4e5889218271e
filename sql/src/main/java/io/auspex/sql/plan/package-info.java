/** From a query's text to a {@link io.auspex.sql.fragment.Plan}. */
package io.auspex.sql.plan;
