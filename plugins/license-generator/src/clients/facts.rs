//! What is looked up before a request of a device is decided.

use plugin_api::{Cx, Fault};

use crate::domain::choices::Binding;
use crate::domain::decision::{Case, Question, Transfers};
use crate::domain::device::{Activation, Component, Device, Fingerprint};
use crate::domain::licence::Licence;
use crate::domain::program::Program;
use crate::domain::token::{Kept, Shown};
use crate::domain::user::{People, UserName};
use crate::store;
use crate::store::components::Likeness;
use crate::store::licences::Found;
use crate::store::log::KeyKind;

/// What stands in the place of a fingerprint that was erased.
const BLANKED: &str = "—";

/// What a client says of itself.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Which key it shows: an activation key was looked up together with the device, a computer key
    /// names a seat by itself.
    pub(crate) key_kind: KeyKind,
    /// The device.
    pub(crate) device: Option<Device>,
    /// The person.
    pub(crate) user: Option<UserName>,
    /// The token the device got last.
    pub(crate) token: Option<String>,
    /// The program.
    pub(crate) program: Program,
}

impl Asked {
    /// The licence of an activation key with the seat of the device that asks.
    pub(crate) async fn by_key(&self, cx: &Cx, key_hash: &str) -> Result<Option<Found>, Fault> {
        let Some(device) = &self.device else { return Ok(None) };
        let plain = device.fingerprint.hash();
        let db = cx.db();
        match &self.user {
            None => store::licences::by_key(&db, key_hash, &plain).await,
            Some(user) => {
                let own = user.seat_hash(&device.fingerprint);
                store::licences::by_key_for(&db, key_hash, &plain, &own).await
            }
        }
    }

    /// What the seat of the device that asks is found by, among those of `licence`.
    pub(crate) fn seat_hash(&self, licence: &Licence) -> Option<String> {
        let device = self.device.as_ref()?;
        let person = self.user.as_ref().filter(|_| licence.binding == Binding::User);
        Some(store::activations::seat_hash(device, person))
    }
}

/// A licence, and everything that a decision about one request is made on.
#[derive(Debug)]
pub(crate) struct Facts {
    /// The licence.
    pub(crate) licence: Licence,
    /// The seat the device has or had.
    pub(crate) seat: Option<Activation>,
    /// Whether the device is known by its components, some of which changed.
    pub(crate) is_changed: bool,
    /// A seat given back long ago that has the fingerprint of the device, which is another one.
    pub(crate) retired: Option<String>,
    /// What no device with a seat may be, where components are compared.
    pub(crate) likeness: Option<Likeness>,
    /// The people of a licence bound to people.
    pub(crate) people: Option<People>,
    /// What is kept of the device's tokens.
    pub(crate) kept: Option<Kept>,
    token: Shown,
    transfers: Option<Transfers>,
}

impl Facts {
    /// Looks up what the conditions of the licence make necessary; for one without any nothing is
    /// read beside what was found. `found` is by the exact fingerprint, or by a computer key.
    pub(crate) async fn gather(
        cx: &Cx,
        found: Found,
        asked: &Asked,
        question: Question,
    ) -> Result<Self, Fault> {
        let Found { licence, activation } = found;
        let mut facts = Self {
            licence,
            seat: activation,
            is_changed: false,
            retired: None,
            likeness: None,
            people: None,
            kept: None,
            token: Shown::NotAsked,
            transfers: None,
        };
        if let Some(device) = &asked.device {
            if asked.key_kind == KeyKind::Computer {
                facts.compare(device);
            }
            if !facts.has_seat() {
                facts.find_person(cx, asked).await?;
                facts.find_alike(cx, device).await?;
            }
        }
        facts.find_token(cx, asked).await?;
        let conditions = &facts.licence.conditions;
        let takes_new = question == Question::Activation && facts.seat.is_none();
        if takes_new && conditions.transfers_max.is_some() {
            let (db, now) = (cx.db(), cx.now());
            facts.transfers = Some(store::transfers::of_licence(&db, &facts.licence, now).await?);
        }
        Ok(facts)
    }

    /// The case to decide.
    pub(crate) fn case<'a>(&'a self, asked: &'a Asked, question: Question, now: i64) -> Case<'a> {
        Case {
            now,
            licence: &self.licence,
            program: &asked.program,
            question,
            seat: self.seat.as_ref(),
            has_device: asked.device.is_some() || asked.key_kind == KeyKind::Computer,
            token: self.token,
            people: self.people.as_ref(),
            transfers: self.transfers,
        }
    }

    /// Takes it that the device shows the token it was given: who only wants to know why cannot.
    pub(crate) fn believe_token(&mut self) {
        if self.token == Shown::Missing {
            self.token = Shown::Current;
        }
    }

    /// Whether the device holds a seat.
    pub(crate) fn has_seat(&self) -> bool {
        self.seat.as_ref().is_some_and(Activation::is_active)
    }

    /// A computer key names a seat; the device that shows it must be the one that has it.
    fn compare(&mut self, device: &Device) {
        let Some(seat) = &self.seat else { return };
        // Blanked on its owner's demand: there is nothing left to compare with.
        let is_blank = seat.fingerprint == BLANKED;
        if is_blank || device.fingerprint.as_str() == seat.fingerprint {
            return;
        }
        let known = Fingerprint::stored(seat.fingerprint.clone());
        let alike = i64::try_from(known.in_common(&device.fingerprint)).unwrap_or_default();
        let at_least = self.licence.conditions.match_components.map(|least| least.max(1));
        if at_least.is_some_and(|least| alike >= least) {
            self.is_changed = seat.is_active();
        } else {
            self.seat = None;
        }
    }

    async fn find_person(&mut self, cx: &Cx, asked: &Asked) -> Result<(), Fault> {
        if self.licence.binding != Binding::User {
            return Ok(());
        }
        if let Some(user) = &asked.user {
            let people = store::users::people(&cx.db(), &self.licence.licence_id, user).await?;
            self.people = Some(people);
        }
        Ok(())
    }

    async fn find_alike(&mut self, cx: &Cx, device: &Device) -> Result<(), Fault> {
        let parts: Vec<Component> = device.fingerprint.components();
        let asking = self.people.as_ref().and_then(|people| people.asking.as_ref());
        let user_id = asking.map(|user| user.user_id.as_str());
        if self.licence.binding == Binding::User && user_id.is_none() {
            return Ok(());
        }
        let at_least = self.licence.conditions.match_components;
        let likeness = at_least.and_then(|least| Likeness::new(&parts, least, user_id));
        let Some(likeness) = likeness else { return Ok(()) };
        let licence_id = &self.licence.licence_id;
        let alike = store::components::most_alike(&cx.db(), licence_id, &likeness).await?;
        self.likeness = Some(likeness);
        if let Some(alike) = alike {
            self.settle(alike);
        }
        Ok(())
    }

    /// Which of two known devices it is: the exact one that gave its seat back, or one that is like
    /// it and may have a seat.
    fn settle(&mut self, alike: Activation) {
        let exact = self.seat.as_ref();
        if exact.is_some_and(|exact| exact.activation_id == alike.activation_id) {
            return;
        }
        if alike.is_active() {
            self.is_changed = true;
            self.retired = exact.map(|exact| exact.activation_id.clone());
            self.seat = Some(alike);
        } else if exact.is_none() {
            self.seat = Some(alike);
        }
    }

    async fn find_token(&mut self, cx: &Cx, asked: &Asked) -> Result<(), Fault> {
        if !self.licence.conditions.rolling_token {
            return Ok(());
        }
        let Some(seat) = self.seat.as_ref().filter(|seat| seat.is_active()) else { return Ok(()) };
        self.kept = store::tokens::kept(&cx.db(), &seat.activation_id).await?;
        self.token = Shown::compare(self.kept.as_ref(), asked.token.as_deref());
        Ok(())
    }
}
