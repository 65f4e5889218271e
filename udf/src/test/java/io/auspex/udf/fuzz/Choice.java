package io.auspex.udf.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Random choices; the same seed makes the same ones. */
final class Choice {
  private final SplittableRandom random;

  Choice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number of a range, both ends included. */
  int between(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  /** As {@link #between}, but small numbers are likelier: each power of two alike. */
  int smallish(int first, int last) {
    double power = random.nextDouble() * Math.log(last - first + 2);
    return first + Math.min(last - first, (int) Math.exp(power) - 1);
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  double gaussian() {
    return random.nextGaussian();
  }

  /** Some of the values, at least one, in random order. */
  <T> List<T> some(List<T> values) {
    return List.copyOf(shuffled(values).subList(0, between(1, values.size())));
  }

  <T> List<T> shuffled(List<T> values) {
    List<T> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }
}
