package io.auspex.jdbc;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;

/**
 * JDBC's many ways to set a parameter, led to one. Avatica's own shift dates by time zones and know
 * fewer types.
 */
abstract sealed class ParameterSetters extends AvaticaPreparedStatement
    permits ParameterizedStatement {

  ParameterSetters(AuspexConnection connection, Meta.Signature signature) throws SQLException {
    super(
        connection,
        connection.statementHandle(),
        signature,
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.CONCUR_READ_ONLY,
        ResultSet.HOLD_CURSORS_OVER_COMMIT);
  }

  /** Sets the parameter, 1-based. */
  abstract void set(int parameter, Object value) throws SQLException;

  /** The same, converted to a type of {@link java.sql.Types}. */
  abstract void set(int parameter, Object value, int type) throws SQLException;

  @Override
  public void setNull(int parameter, int type) throws SQLException {
    set(parameter, null);
  }

  @Override
  public void setNull(int parameter, int type, String typeName) throws SQLException {
    set(parameter, null);
  }

  @Override
  public void setObject(int parameter, Object value, int type) throws SQLException {
    set(parameter, value, type);
  }

  @Override
  public void setObject(int parameter, Object value, int type, int scale) throws SQLException {
    set(parameter, value, type);
  }

  @Override
  public void setBoolean(int parameter, boolean value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setByte(int parameter, byte value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setShort(int parameter, short value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setInt(int parameter, int value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setLong(int parameter, long value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setFloat(int parameter, float value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setDouble(int parameter, double value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setBigDecimal(int parameter, BigDecimal value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setString(int parameter, String value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setNString(int parameter, String value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setBytes(int parameter, byte[] value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setObject(int parameter, Object value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setDate(int parameter, Date value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setTime(int parameter, Time value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setTimestamp(int parameter, Timestamp value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setURL(int parameter, URL value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setArray(int parameter, Array value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setBlob(int parameter, Blob value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setClob(int parameter, Clob value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setBlob(int parameter, InputStream value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setClob(int parameter, Reader value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setBinaryStream(int parameter, InputStream value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setCharacterStream(int parameter, Reader value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setNCharacterStream(int parameter, Reader value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setDate(int parameter, Date value, Calendar calendar) throws SQLException {
    boolean plain = value == null || calendar == null;
    set(parameter, plain ? value : Parameters.clock(value, calendar).toLocalDate());
  }

  @Override
  public void setTime(int parameter, Time value, Calendar calendar) throws SQLException {
    boolean plain = value == null || calendar == null;
    set(parameter, plain ? value : Parameters.clock(value, calendar).toLocalTime());
  }

  @Override
  public void setTimestamp(int parameter, Timestamp value, Calendar calendar) throws SQLException {
    boolean plain = value == null || calendar == null;
    set(parameter, plain ? value : Parameters.clock(value, calendar));
  }

  @Override
  public void setBinaryStream(int parameter, InputStream value, long length) throws SQLException {
    set(parameter, value == null ? null : Parameters.bytes(value, length));
  }

  @Override
  public void setBlob(int parameter, InputStream value, long length) throws SQLException {
    set(parameter, value == null ? null : Parameters.bytes(value, length));
  }

  @Override
  public void setBinaryStream(int parameter, InputStream value, int length) throws SQLException {
    setBinaryStream(parameter, value, (long) length);
  }

  @Override
  public void setCharacterStream(int parameter, Reader value, long length) throws SQLException {
    set(parameter, value == null ? null : Parameters.text(value, length));
  }

  @Override
  public void setNCharacterStream(int parameter, Reader value, long length) throws SQLException {
    set(parameter, value == null ? null : Parameters.text(value, length));
  }

  @Override
  public void setClob(int parameter, Reader value, long length) throws SQLException {
    set(parameter, value == null ? null : Parameters.text(value, length));
  }

  @Override
  public void setCharacterStream(int parameter, Reader value, int length) throws SQLException {
    setCharacterStream(parameter, value, (long) length);
  }

  @Override
  public void setAsciiStream(int parameter, InputStream value) throws SQLException {
    setAsciiStream(parameter, value, Long.MAX_VALUE);
  }

  @Override
  public void setAsciiStream(int parameter, InputStream value, int length) throws SQLException {
    setAsciiStream(parameter, value, (long) length);
  }

  @Override
  public void setAsciiStream(int parameter, InputStream value, long length) throws SQLException {
    Reader reader = value == null ? null : new InputStreamReader(value, StandardCharsets.US_ASCII);
    setCharacterStream(parameter, reader, length);
  }
}
