/** What planning asks of the warehouse; the engine answers. */
package io.auspex.sql.context;
