package io.auspex.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.apache.calcite.avatica.util.Cursor;
import org.joou.UByte;
import org.joou.UInteger;
import org.joou.ULong;
import org.joou.UShort;

/** One column of {@link Rows}, read as any type JDBC can ask for. */
record ValueAccessor(Rows rows, int column) implements Cursor.Accessor {

  private Object value() throws SQLException {
    return rows.read(column);
  }

  private long whole(long least, long greatest, String type) throws SQLException {
    Object value = value();
    return value == null ? 0 : Conversions.toLong(value, least, greatest, type);
  }

  @Override
  public boolean wasNull() {
    return rows.wasNull();
  }

  @Override
  public String getString() throws SQLException {
    return Text.of(value());
  }

  @Override
  public boolean getBoolean() throws SQLException {
    Object value = value();
    return value != null && Conversions.toBoolean(value);
  }

  @Override
  public byte getByte() throws SQLException {
    return (byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  @Override
  public short getShort() throws SQLException {
    return (short) whole(Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  @Override
  public int getInt() throws SQLException {
    return (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  @Override
  public long getLong() throws SQLException {
    return whole(Long.MIN_VALUE, Long.MAX_VALUE, "long");
  }

  @Override
  public UByte getUByte() throws SQLException {
    return UByte.valueOf((short) whole(0, UByte.MAX_VALUE, "unsigned byte"));
  }

  @Override
  public UShort getUShort() throws SQLException {
    return UShort.valueOf((int) whole(0, UShort.MAX_VALUE, "unsigned short"));
  }

  @Override
  public UInteger getUInt() throws SQLException {
    return UInteger.valueOf(whole(0, UInteger.MAX_VALUE, "unsigned int"));
  }

  @Override
  public ULong getULong() throws SQLException {
    BigDecimal number = getBigDecimal();
    return ULong.valueOf(number == null ? BigInteger.ZERO : number.toBigInteger());
  }

  @Override
  public float getFloat() throws SQLException {
    return (float) getDouble();
  }

  @Override
  public double getDouble() throws SQLException {
    Object value = value();
    return value == null ? 0 : Conversions.toDouble(value);
  }

  @Override
  public BigDecimal getBigDecimal() throws SQLException {
    return Conversions.toBigDecimal(value());
  }

  @Override
  public BigDecimal getBigDecimal(int scale) throws SQLException {
    BigDecimal number = getBigDecimal();
    return number == null ? null : number.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public byte[] getBytes() throws SQLException {
    return Conversions.toBytes(value());
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    String text = getString();
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public InputStream getUnicodeStream() throws SQLException {
    String text = getString();
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    byte[] bytes = getBytes();
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public Object getObject() throws SQLException {
    return Conversions.toObject(value());
  }

  @Override
  public Object getObject(Map<String, Class<?>> map) throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw Failures.unsupported("A type map", "Read the column without one.");
    }
    return getObject();
  }

  @Override
  public <T> T getObject(Class<T> type) throws SQLException {
    return type.cast(Conversions.to(type, value()));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    String text = getString();
    return text == null ? null : new StringReader(text);
  }

  @Override
  public Ref getRef() throws SQLException {
    throw Failures.unsupported("A REF", "Read the column as another type.");
  }

  @Override
  public Blob getBlob() throws SQLException {
    byte[] bytes = getBytes();
    return bytes == null ? null : new SerialBlob(bytes);
  }

  @Override
  public Clob getClob() throws SQLException {
    String text = getString();
    return text == null ? null : new SerialClob(text.toCharArray());
  }

  @Override
  public Array getArray() throws SQLException {
    return getObject(Array.class);
  }

  @Override
  public Struct getStruct() throws SQLException {
    return getObject(Struct.class);
  }

  @Override
  public Date getDate(Calendar calendar) throws SQLException {
    return Conversions.toDate(value(), calendar);
  }

  @Override
  public Time getTime(Calendar calendar) throws SQLException {
    return Conversions.toTime(value(), calendar);
  }

  @Override
  public Timestamp getTimestamp(Calendar calendar) throws SQLException {
    return Conversions.toTimestamp(value(), calendar);
  }

  @Override
  public URL getURL() throws SQLException {
    String text = getString();
    try {
      return text == null ? null : new URL(text);
    } catch (MalformedURLException e) {
      throw Failures.unreadable(text, "URL");
    }
  }

  @Override
  public NClob getNClob() throws SQLException {
    throw Failures.unsupported("An NCLOB", "Read the column as a string.");
  }

  @Override
  public SQLXML getSQLXML() throws SQLException {
    throw Failures.unsupported("An XML value", "Read the column as a string.");
  }

  @Override
  public String getNString() throws SQLException {
    return getString();
  }

  @Override
  public Reader getNCharacterStream() throws SQLException {
    return getCharacterStream();
  }
}
