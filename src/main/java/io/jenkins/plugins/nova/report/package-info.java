/**
 * The build's page "Host maintenance": what the steps report of a drain, kept with the run, as a page, as JSON and as a file
 * of its own for the rehearsal. A leaf: it knows neither drains nor plans nor steps, only the records that these fill in.
 */
package io.jenkins.plugins.nova.report;
