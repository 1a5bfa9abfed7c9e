//! How the rounds of a benchmark spread.

/// What a quarter, half and three quarters of the values are below.
pub struct Quartiles {
    /// The lower quartile.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub upper: f64,
}

impl Quartiles {
    /// The quartiles of these.
    ///
    /// # Panics
    ///
    /// Without a value.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let [lower, median, upper] = [1, 2, 3].map(|quarter| values[values.len() * quarter / 4]);
        Self { lower, median, upper }
    }
}
