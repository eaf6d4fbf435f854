//! Settings the plugin described and an administrator may have changed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Cx, Fault};

/// A setting to be changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetSetting {
    /// Its key.
    pub key: String,
    /// Its new value, of the type of its default.
    pub value: Json,
}

impl Cx {
    /// The value of the setting `key`: what was set, or its default.
    pub async fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<T, Fault> {
        let value: Json = self.ask("settings.get", &key).await?;
        Ok(serde_json::from_value(value)?)
    }

    /// Changes a setting; audited.
    pub async fn set_setting(&self, key: &str, value: impl Into<Json>) -> Result<(), Fault> {
        let request = SetSetting { key: key.to_owned(), value: value.into() };
        self.ask("settings.set", &request).await
    }
}
