/** What is measured of a machine, and how the cost model's constants are told from it. */
package io.auspex.engine.calibration;
