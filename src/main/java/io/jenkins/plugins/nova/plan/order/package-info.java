/**
 * In which order are servers started, when is each likely to begin and end, and what does the whole take longest for? The planner
 * asks filters and risks, which it is given, and makes the plan.
 */
package io.jenkins.plugins.nova.plan.order;
