/** The one relational operator that is ours. */
package io.auspex.sql.rel;
