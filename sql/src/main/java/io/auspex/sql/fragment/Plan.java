package io.auspex.sql.fragment;

import java.util.List;

/**
 * A physical plan.
 *
 * @param root the final fragment
 * @param planner {@code calcite} or {@code cut}
 * @param reason why the statement was cut, or some of a planned one stays text; empty if neither
 * @param rules the names of the planner rules that changed the plan, in the order they fired
 */
public record Plan(Fragment root, String planner, String reason, List<String> rules) {
  public Plan {
    rules = List.copyOf(rules);
  }
}
