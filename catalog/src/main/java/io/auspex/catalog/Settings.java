package io.auspex.catalog;

import java.util.EnumMap;
import java.util.Map;

/** A session's values of the {@link Setting}s. Not thread-safe: a session has one. */
public final class Settings {
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);

  public String get(Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue());
  }

  public int number(Setting setting) {
    return Integer.parseInt(get(setting));
  }

  /** Throws INVALID_SETTING where the setting does not take the value. */
  public void set(Setting setting, String value) {
    values.put(setting, setting.check(value));
  }

  public void reset(Setting setting) {
    values.remove(setting);
  }
}
