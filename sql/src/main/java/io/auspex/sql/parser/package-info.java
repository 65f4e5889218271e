/**
 * The grammar of statements about models, generated from Calcite's and from {@code
 * src/main/codegen}.
 */
package io.auspex.sql.parser;
