//! Rows that may be lost in a crash: written behind, by at most a second.

use axum::body::Body;

use crate::db::Statement;
use crate::db::codec::Packer;
use crate::{Cx, Fault};

impl Cx {
    /// Writes `statement` within a second, together with others. For logs of mere reads, where an
    /// answer must not wait for a commit; everything else belongs in a batch.
    pub async fn write_behind(&self, statement: Statement) -> Result<(), Fault> {
        let mut packer = Packer::new();
        packer.statement(&statement.render(self.host().dialect()));
        let call = self.host().call(0, "db.behind", packer.finish(), Body::empty());
        call.await.map(drop)
    }
}
