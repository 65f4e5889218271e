package io.auspex.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictCallTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM PREDICT(MODEL m, TABLE t) AS p                 | EXPLICIT_TABLE",
        "SELECT * FROM TABLE(PREDICT(MODEL m, TABLE s.t)) p           | EXPLICIT_TABLE",
        "SELECT * FROM predict(model m version 2, table t, descriptor(a, b)) | EXPLICIT_TABLE OTHER_FUNCTION",
        "SELECT * FROM PREDICT(MODEL m, (SELECT a FROM t WHERE a > 1))| SELECT",
        "SELECT * FROM PREDICT(MODEL m, (SELECT a FROM t ORDER BY a LIMIT 3)) p | ORDER_BY",
        "SELECT * FROM PREDICT(MODEL m, (SELECT 1 UNION ALL SELECT 2)) | UNION",
        "SELECT * FROM PREDICT(MODEL m, (WITH q AS (SELECT 1) SELECT * FROM q)) | WITH",
        "SELECT * FROM PREDICT(MODEL m, (VALUES (1), (2)))            | VALUES",
        "WITH q AS (SELECT 1) SELECT * FROM u JOIN PREDICT(MODEL m, TABLE q) p ON u.a = p.a | EXPLICIT_TABLE",
        "SELECT PREDICT(MODEL m) FROM t                               | ``",
        "SELECT PREDICT(MODEL m, a, b + 1) FROM t                     | IDENTIFIER PLUS",
        "SELECT a FROM t WHERE PREDICT(MODEL m, x => a, y => b) > 0.5 | ARGUMENT_ASSIGNMENT ARGUMENT_ASSIGNMENT",
        "SELECT PREDICT(MODEL m, a).label FROM t                      | IDENTIFIER",
        "SELECT PREDICT(MODEL m, a).probability[2] + 1 FROM t         | IDENTIFIER",
        "SELECT PREDICT(MODEL m, a)[1] FROM t ORDER BY PREDICT(MODEL m, a)[1] | IDENTIFIER",
        "SELECT PREDICT(MODEL m, a)::int FROM t                       | IDENTIFIER"
      })
  void parsesEveryForm(String query, String operands) {
    SqlBasicCall call = call(query);
    assertThat(call.getOperator()).isInstanceOf(SqlUnresolvedFunction.class);
    assertThat(call.getOperator().getName()).isEqualToIgnoringCase("PREDICT");
    assertThat(call.<SqlNode>operand(0)).isInstanceOf(SqlModelReference.class);
    assertThat(call.getOperandList().stream().skip(1).map(SqlNode::getKind).map(SqlKind::name))
        .containsExactly(operands.isEmpty() ? new String[0] : operands.split(" "));
  }

  @Test
  void knowsNameVersionAndPlace() {
    SqlModelReference model =
        model("SELECT *\nFROM PREDICT(MODEL \"My m\" VERSION champion, TABLE t)");
    assertThat(model.modelName()).isEqualTo("My m");
    assertThat(model.version()).contains("champion");
    SqlParserPos place = model.getParserPosition();
    assertThat(List.of(place.getLineNum(), place.getColumnNum(), place.getEndColumnNum()))
        .containsExactly(2, 20, 25);
    assertThat(model("SELECT PREDICT(MODEL m VERSION 3, a)").version()).contains("3");
    assertThat(model("SELECT PREDICT(MODEL m, a)").version()).isEmpty();
  }

  @Test
  void tellsModelsApart() {
    SqlModelReference second = model("SELECT PREDICT(MODEL m VERSION 2, a)");
    assertThat(second).isEqualTo(model("SELECT PREDICT(MODEL m VERSION 2, b)"));
    assertThat(second).isNotEqualTo(model("SELECT PREDICT(MODEL m, a)"));
    assertThat(second.clone(SqlParserPos.ZERO)).isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT model, version FROM predict",
        "SELECT model m, version v, features, outputs, comment, alias, models FROM model version",
        "SELECT PREDICT(model, x), f(model), (model), model.a FROM model",
        "SELECT f(model + 1, version), sum(model) FROM t GROUP BY features ORDER BY outputs",
        "SELECT * FROM PREDICT(model, version)",
        "SELECT predict FROM t AS predict",
        "SELECT * FROM t AS model(version, alias)"
      })
  void leavesItsWordsToOthers(String query) {
    assertThat(references(Queries.parse(query))).isEmpty();
  }

  @Test
  void takesItsWordsAsNames() {
    SqlModelReference model = model("SELECT * FROM PREDICT(MODEL model VERSION version, TABLE t)");
    assertThat(model.modelName()).isEqualTo("model");
    assertThat(model.version()).contains("version");
  }

  private static SqlModelReference model(String query) {
    return call(query).operand(0);
  }

  /** The first call with a model in it. */
  private static SqlBasicCall call(String query) {
    List<SqlBasicCall> calls = new ArrayList<>();
    Queries.parse(query)
        .accept(
            new SqlBasicVisitor<Void>() {
              @Override
              public Void visit(SqlCall call) {
                if (call.operandCount() > 0 && call.operand(0) instanceof SqlModelReference) {
                  calls.add((SqlBasicCall) call);
                }
                return super.visit(call);
              }
            });
    return calls.get(0);
  }

  private static List<SqlNode> references(SqlNode query) {
    List<SqlNode> found = new ArrayList<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlLiteral literal) {
            if (literal instanceof SqlModelReference) {
              found.add(literal);
            }
            return null;
          }
        });
    return found;
  }
}
