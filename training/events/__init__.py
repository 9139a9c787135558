"""Makes the trees that weigh whether two events are one."""
