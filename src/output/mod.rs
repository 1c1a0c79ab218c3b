//! Turning values into text: one file per format.
