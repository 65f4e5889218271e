package io.auspex.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaDatabaseMetaData;

/** What a warehouse can do, as JDBC asks for it. Whatever is not here, Avatica answers rightly. */
abstract sealed class WarehouseFacts extends AvaticaDatabaseMetaData permits WarehouseMetaData {
  private final AuspexConnection connection;

  WarehouseFacts(AuspexConnection connection) {
    super(connection);
    this.connection = connection;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getUserName() {
    return "";
  }

  @Override
  public boolean usesLocalFiles() {
    return true;
  }

  /** NULLS LAST, whichever the direction. */
  @Override
  public boolean nullsAreSortedAtEnd() {
    return true;
  }

  @Override
  public boolean nullsAreSortedHigh() {
    return false;
  }

  @Override
  public boolean nullsAreSortedLow() {
    return false;
  }

  @Override
  public boolean nullsAreSortedAtStart() {
    return false;
  }

  // Names keep their case and are compared without it, quoted or not.

  @Override
  public boolean storesMixedCaseIdentifiers() {
    return true;
  }

  @Override
  public boolean storesUpperCaseIdentifiers() {
    return false;
  }

  @Override
  public boolean storesLowerCaseIdentifiers() {
    return false;
  }

  @Override
  public boolean supportsMixedCaseIdentifiers() {
    return false;
  }

  @Override
  public boolean storesMixedCaseQuotedIdentifiers() {
    return true;
  }

  @Override
  public boolean storesUpperCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  public boolean storesLowerCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  public boolean supportsMixedCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public String getSQLKeywords() throws SQLException {
    return words("SELECT keyword_name FROM duckdb_keywords() ORDER BY 1");
  }

  @Override
  public String getNumericFunctions() throws SQLException {
    return functionsOf("'BIGINT', 'DOUBLE', 'HUGEINT'");
  }

  @Override
  public String getStringFunctions() throws SQLException {
    return functionsOf("'VARCHAR'");
  }

  @Override
  public String getTimeDateFunctions() throws SQLException {
    return functionsOf("'DATE', 'TIME', 'TIMESTAMP', 'INTERVAL'");
  }

  @Override
  public String getSystemFunctions() throws SQLException {
    return words(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'scalar'"
            + " AND len(parameter_types) = 0 AND regexp_matches(function_name, '^\\w+$')"
            + " ORDER BY 1");
  }

  private String functionsOf(String firstParameter) throws SQLException {
    return words(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'scalar'"
            + " AND regexp_matches(function_name, '^[a-z]\\w*$') AND parameter_types[1] IN ("
            + firstParameter
            + ") ORDER BY 1");
  }

  private String words(String sql) throws SQLException {
    return Metadata.of(connection, sql).joined();
  }

  @Override
  public boolean supportsAlterTableWithAddColumn() {
    return true;
  }

  @Override
  public boolean supportsAlterTableWithDropColumn() {
    return true;
  }

  @Override
  public boolean supportsConvert() {
    return false;
  }

  @Override
  public boolean supportsMultipleTransactions() {
    return true;
  }

  @Override
  public boolean supportsMultipleOpenResults() {
    return false;
  }

  @Override
  public boolean supportsANSI92IntermediateSQL() {
    return false;
  }

  @Override
  public boolean supportsANSI92FullSQL() {
    return false;
  }

  @Override
  public boolean supportsIntegrityEnhancementFacility() {
    return true;
  }

  @Override
  public boolean supportsSchemasInProcedureCalls() {
    return false;
  }

  @Override
  public boolean supportsCatalogsInProcedureCalls() {
    return false;
  }

  @Override
  public boolean supportsSubqueriesInQuantifieds() {
    return true;
  }

  @Override
  public boolean supportsOpenCursorsAcrossCommit() {
    return true;
  }

  @Override
  public boolean supportsOpenCursorsAcrossRollback() {
    return true;
  }

  @Override
  public boolean supportsOpenStatementsAcrossCommit() {
    return true;
  }

  @Override
  public boolean supportsOpenStatementsAcrossRollback() {
    return true;
  }

  @Override
  public boolean supportsTransactions() {
    return true;
  }

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_REPEATABLE_READ;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_REPEATABLE_READ;
  }

  @Override
  public boolean supportsDataDefinitionAndDataManipulationTransactions() {
    return true;
  }

  @Override
  public boolean supportsDataManipulationTransactionsOnly() {
    return false;
  }

  @Override
  public boolean dataDefinitionCausesTransactionCommit() {
    return false;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public boolean supportsStoredFunctionsUsingCallSyntax() {
    return false;
  }

  // A result set shows the rows as they were when the statement began.

  @Override
  public boolean ownUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean ownDeletesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean ownInsertsAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersDeletesAreVisible(int type) {
    return false;
  }

  @Override
  public boolean othersInsertsAreVisible(int type) {
    return false;
  }

  @Override
  public boolean updatesAreDetected(int type) {
    return false;
  }

  @Override
  public boolean deletesAreDetected(int type) {
    return false;
  }

  @Override
  public boolean insertsAreDetected(int type) {
    return false;
  }
}
