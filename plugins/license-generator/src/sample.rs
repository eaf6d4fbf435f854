//! Sample data.
use plugin_api::{Cx, Fault};
use serde_json::Value;
/// x
pub(crate) async fn fill(_cx: Cx, _: Value) -> Result<Value, Fault> { Ok(Value::Null) }
