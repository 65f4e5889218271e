package io.auspex.shell;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The house: which module may use which, and what none may do. Generated parsers are no part. */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/parser/generated/"))
          .importPackages("io.auspex");

  /** Fewer classes than a module surely has: a rule about nothing must not pass. */
  private static final Map<String, Integer> AT_LEAST =
      Map.of("catalog", 10, "udf", 3, "sql", 10, "engine", 5, "shell", 25);

  @ParameterizedTest
  @ValueSource(strings = {"catalog", "udf", "sql", "engine", "shell"})
  void everyModuleIsSeen(String module) {
    long classes =
        HOUSE.stream()
            .filter(type -> type.getPackageName().startsWith("io.auspex." + module))
            .count();
    assertThat(classes).isGreaterThanOrEqualTo(AT_LEAST.get(module));
  }

  @Test
  void modulesUseOnlyThoseToTheirLeft() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.auspex..")
        .layer("catalog")
        .definedBy("io.auspex.catalog..")
        .layer("udf")
        .definedBy("io.auspex.udf..")
        .layer("sql")
        .definedBy("io.auspex.sql..")
        .layer("engine")
        .definedBy("io.auspex.engine..", "io.auspex.jdbc..")
        .layer("shell")
        .definedBy("io.auspex.shell..")
        .whereLayer("shell")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("shell")
        .whereLayer("sql")
        .mayOnlyBeAccessedByLayers("engine")
        .whereLayer("udf")
        .mayOnlyBeAccessedByLayers("sql", "engine")
        .check(HOUSE);
  }

  @Test
  void catalogKnowsNoPlansModelsOrTerminals() {
    check(none("io.auspex.catalog..", "org.apache.calcite..", "ai.onnxruntime..", "org.jline.."));
  }

  @Test
  void udfKnowsNoPlansOrTerminals() {
    check(none("io.auspex.udf..", "org.apache.calcite..", "org.jline..", "sqlline.."));
  }

  @Test
  void sqlStartsNoThreads() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.auspex.sql..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.lang\\.Thread|java\\.util\\.concurrent\\.(\\w*Execut\\w*|Fork\\w*)"));
  }

  @Test
  void sqlOpensNoConnections() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.auspex.sql..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.sql.DriverManager"));
  }

  @Test
  void engineKnowsNoTerminals() {
    check(none("io.auspex.engine..", "org.jline..", "sqlline.."));
  }

  /**
   * What the shell may know of the modules below: the driver, how text divides into statements, and
   * the words of errors, names and settings.
   */
  @Test
  void theShellStandsOnTheDriver() {
    check(
        classes()
            .that()
            .resideInAPackage("io.auspex.shell..")
            .should()
            .onlyDependOnClassesThat(
                resideOutsideOfPackage("io.auspex..")
                    .or(resideInAnyPackage("io.auspex.shell..", "io.auspex.jdbc"))
                    .or(
                        nameMatching(
                            "io\\.auspex\\.engine\\.(Script|Preloading|stream\\.Progress)(\\$\\w+)?"))
                    .or(
                        nameMatching(
                            "io\\.auspex\\.catalog\\.(AuspexException|ErrorCode|Names|Position|Setting|Versions)"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"catalog", "udf", "sql", "engine", "shell"})
  void packagesOfAModuleMakeNoCycle(String module) {
    slices()
        .matching("io.auspex." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void onlyTheShellWritesToStandardStreams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        HOUSE.that(resideOutsideOfPackage("io.auspex.shell..")));
  }

  private static ArchRule none(String module, String... forbidden) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden);
  }

  private static void check(ArchRule rule) {
    rule.check(HOUSE);
  }
}
