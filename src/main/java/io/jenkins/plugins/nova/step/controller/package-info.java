/**
 * What does a step need of the controller that it runs on: its threads and clock, whether another of its builds is at work on a
 * host, how much of a build it saves?
 */
package io.jenkins.plugins.nova.step.controller;
