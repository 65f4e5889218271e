package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/crm?user=me&password=hunter2",
        "jdbc:postgresql://db/crm?pass%77ord=hunter2",
        "jdbc:postgresql://db/crm?sslpassword=hunter2",
        "jdbc:postgresql://me:hunter2@db/crm",
        "jdbc:mysql://a,me:hunter2@b/crm",
        "jdbc:mysql://me:hun/ter2@db/crm",
        "jdbc:mysql://(host=a,user=me,password=hunter2)/crm",
        "jdbc:mariadb://db/crm?PASSWORD=hunter2",
        "jdbc:mysql://db/crm?password1=hunter2",
        "jdbc:sqlserver://db;user=me;password=hunter2",
        "jdbc:sqlserver://db;keyStoreSecret=hunter2",
        "jdbc:h2:mem:x;PWD=hunter2",
        "jdbc:oracle:thin:me/hunter2@db:1521:x",
        "jdbc:sqlite:a.db?cipher=chacha20&key=hunter2",
        "jdbc:snowflake://x?private_key_pwd=hunter2",
        "jdbc:databricks://x;AuthMech=3;token=hunter2",
        "password=hunter2"
      })
  void aPasswordInAnAddressIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> SourceUrl.check("crm", url))
        .isInstanceOfSatisfying(
            AuspexException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_SOURCE))
        .hasMessageContaining("password in it")
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("ter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/crm?user=me&sslmode=require&keepAlive=true",
        "jdbc:postgresql://me@db/crm",
        "jdbc:postgresql://[::1]:5432,b:5432/crm?targetServerType=primary",
        "jdbc:mariadb://db/passwords?allowPublicKeyRetrieval=true",
        "jdbc:sqlite:/home/me/keys.db",
        "jdbc:sqlite::memory:",
        "jdbc:oracle:thin:@//db:1521/x",
        "jdbc:oracle:thin:@db:1521:x",
        "jdbc:sqlserver://db;integratedSecurity=true;encrypt=true",
        "jdbc:h2:mem:x;PASSWORD="
      })
  void othersAreTaken(String url) {
    assertThatCode(() -> SourceUrl.check("crm", url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "postgresql://db/crm", "jdbc:", "jdbc::x", "crm.db"})
  void whatIsNoAddressOfJdbcIsRefused(String url) {
    assertThatThrownBy(() -> SourceUrl.check("crm", url)).hasMessageContaining("none of JDBC");
  }
}
