/**
 * The build's action "Host maintenance": the data of what steps report, kept with the run in files and as JSON and JUnit, and
 * shown as a page. With its parts a leaf: it knows neither drains nor plans nor steps, only the records that these fill in.
 */
package io.jenkins.plugins.nova.report;
