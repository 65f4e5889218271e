/** Where models come from: files, folders and addresses, in the formats that are understood. */
package io.auspex.udf.source;
