//! From an invitation to a validated customer: a superadmin, an agent and a reseller, each in turn.

use std::time::Duration;

use cockpit_tests::branches::Branches;
use cockpit_tests::demo::Member;
use cockpit_tests::{Cockpit, Setup, html, totp};

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

const AGENT: &str = "gina@nordest.example";
const PASSWORD: &str = "seven lamps over the harbour";
const CUSTOMER: &str = "Vetreria Lagunare S.r.l.";
const WAITING: &str = "/crm/customers/waiting";

#[tokio::test]
async fn an_agent_is_invited_and_his_customer_is_validated() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let mails = Branches::of(&cockpit).await;
    let (reseller, node) = (&cockpit.told().roles.reseller, &cockpit.told().roles.sub_company);
    let before = waiting_for(&cockpit, reseller).await;
    let browser = Browser::start("people_path", &cockpit.url, Script::On).await;
    let findings = Findings::default();
    let mut path = Path { browser: &browser, findings, used: String::new() };

    path.invite(&cockpit, &node.organisation).await;
    path.accept(&mails.link_for(AGENT).await).await;
    let secret = path.enrol().await;
    path.come_back(&secret).await;
    let customer = path.register().await;
    path.sign_out().await;
    path.validate(reseller, before, &customer).await;
    path.sign_out().await;
    path.see_validated(&secret, &customer).await;
    path.findings.none(60);
}

/// How many customers the menu says that somebody has to validate.
async fn waiting_for(cockpit: &Cockpit, person: &Member) -> usize {
    let home = cockpit.signed_in(&person.email, &person.password).await.get("/").await.expect(200);
    let entry = home.body.split(&format!("href=\"{WAITING}\"")).nth(1).unwrap_or_default();
    let entry = html::text(entry.split("</a>").next().unwrap_or_default());
    entry.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or_default()
}

/// The path so far, and what was wrong along it.
struct Path<'a> {
    browser: &'a Browser,
    findings: Findings,
    /// The code that was used last; each works once.
    used: String,
}

impl Path<'_> {
    async fn look(&mut self, what: &str) {
        self.findings.inspect_schemes(self.browser, what).await;
    }

    async fn sign_out(&self) {
        self.browser.click("[popovertarget=account-menu]").await;
        self.browser.click("#account-menu form button").await;
        self.browser.path_is("/login").await;
    }

    /// The superadmin sends an invitation; one without a role is refused and stays as typed.
    async fn invite(&mut self, cockpit: &Cockpit, organisation: &str) {
        let browser = self.browser;
        signed_in(browser, cockpit).await;
        browser.open("/system/users").await;
        browser.click("main a[href='/system/users/invite']").await;
        browser.fill("[name=name]", "Gina Furlan").await;
        browser.fill("[name=email]", AGENT).await;
        browser.choose("[name=organisation_id]", organisation).await;
        self.look("an invitation").await;
        browser.click("main form .acts button").await;
        browser.focus_is_on(".errors").await;
        assert_eq!(browser.value("[name=email]").await, AGENT);
        self.look("an invitation refused").await;
        browser.click("[name=roles][value=agent]").await;
        browser.click("main form .acts button").await;
        browser.path_is("/system/users/invitations").await;
        browser.read(".notices", AGENT).await;
        browser.read("main tbody", "Gina Furlan").await;
        self.look("invitations").await;
        browser.click("main tbody th a").await;
        browser.read("main", AGENT).await;
        self.look("one invitation").await;
        self.sign_out().await;
    }

    /// The agent follows the link of the mail; a password everybody has is refused.
    async fn accept(&mut self, link: &str) {
        let browser = self.browser;
        browser.open(link).await;
        browser.read("main", "Nordest Trieste").await;
        self.look("accepting").await;
        for (password, is_refused) in [("password1234", true), (PASSWORD, false)] {
            browser.fill("[name=name]", "Gina Furlan").await;
            browser.fill("[name=password]", password).await;
            browser.fill("[name=again]", password).await;
            browser.click("main form button.primary").await;
            if is_refused {
                browser.focus_is_on(".errors").await;
                self.look("accepting refused").await;
            }
        }
        browser.path_is("/").await;
        browser.read(".notices", "Welcome").await;
        self.look("the agent's home").await;
        assert!(!browser.menu_has("/system/modules").await, "an agent unlocks nothing");
    }

    /// He sets up a second factor; a wrong code is refused. Answers the secret.
    async fn enrol(&mut self) -> String {
        let browser = self.browser;
        browser.open("/profile").await;
        self.look("his account").await;
        browser.click("main a[href='/profile/second-factor']").await;
        self.look("before the second factor").await;
        browser.click("#begin button").await;
        let secret = browser.attribute("#enrol [data-copy]", "data-copy").await;
        self.look("setting up").await;
        let wrong = if totp::code(&secret, 0) == "000000" { "000001" } else { "000000" };
        browser.fill("[name=code]", wrong).await;
        browser.click("#enrol form button").await;
        browser.focus_is_on(".errors").await;
        self.look("a wrong code").await;
        browser.fill("[name=code]", &totp::code(&secret, 0)).await;
        browser.click("#enrol form button").await;
        browser.see("#codes [data-copy]").await;
        self.look("recovery codes").await;
        browser.click("main #codes a").await;
        browser.path_is("/profile").await;
        self.sign_out().await;
        secret
    }

    /// He signs in with his password and, the next half minute, a code.
    async fn come_back(&mut self, secret: &str) {
        let browser = self.browser;
        browser.sign_in(AGENT, PASSWORD).await;
        browser.path_is("/login/code").await;
        self.look("asked for a code").await;
        browser.fill("[name=code]", "000000").await;
        browser.click("main form button").await;
        browser.focus_is_on(".errors").await;
        self.look("a code refused").await;
        self.enter_code(secret).await;
        browser.click("main form button").await;
        browser.path_is("/").await;
    }

    /// He enters a customer, who waits; the agent cannot let him in himself. Answers the path.
    async fn register(&mut self) -> String {
        let browser = self.browser;
        browser.click(".side a[href='/crm/customers']").await;
        browser.click("main a[href='/crm/customers/new']").await;
        browser.fill("[name=name]", CUSTOMER).await;
        browser.fill("[name=vat_number]", "01234567897").await;
        browser.fill("[name=city]", "Venezia").await;
        self.look("a new customer").await;
        browser.click("main form .acts button").await;
        browser.read("h1", CUSTOMER).await;
        browser.read("main .head", "Awaiting").await;
        assert_eq!(browser.count("main form[action$='/state']").await, 0, "he may not validate");
        self.look("a customer who waits").await;
        let path = browser.path().await;
        path.split('?').next().unwrap_or_default().to_owned()
    }

    /// The reseller sees one more in the menu, opens him there and validates him.
    async fn validate(&mut self, reseller: &Member, before: usize, customer: &str) {
        let browser = self.browser;
        browser.sign_in(&reseller.email, &reseller.password).await;
        browser.path_is("/").await;
        let entry = format!(".side a[href='{WAITING}']");
        browser.read(&format!("{entry} .count"), &(before + 1).to_string()).await;
        self.look("the reseller's home").await;
        browser.click(&entry).await;
        browser.read("main tbody", CUSTOMER).await;
        self.look("who waits").await;
        browser.follow("main tbody", CUSTOMER).await;
        browser.read("h1", CUSTOMER).await;
        self.look("one who waits").await;
        browser.click("[data-dialog=refuse]").await;
        browser.see("dialog#refuse[open]").await;
        self.findings.look(browser, "refusing").await;
        browser.click("dialog#refuse [data-close]").await;
        browser.gone("dialog[open]").await;
        browser.click("[data-dialog=validate]").await;
        browser.click("dialog#validate[open] button:not([data-close])").await;
        browser.see(".notices").await;
        browser.open(customer).await;
        browser.read("main .head", "Validated").await;
        let left = browser.count(&format!("{entry} .count")).await;
        assert_eq!(left > 0, before > 0, "the number went down again");
        self.look("a validated customer").await;
    }

    /// The agent sees that his customer was let in.
    async fn see_validated(&mut self, secret: &str, customer: &str) {
        let browser = self.browser;
        browser.sign_in(AGENT, PASSWORD).await;
        browser.path_is("/login/code").await;
        self.enter_code(secret).await;
        browser.click("main form button").await;
        browser.path_is("/").await;
        browser.open(customer).await;
        browser.read("main .head", "Validated").await;
    }

    /// Types a code of the half minute to come, which is taken too and was not used yet.
    async fn enter_code(&mut self, secret: &str) {
        while totp::code(secret, 1) == self.used {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        self.used = totp::code(secret, 1);
        self.browser.fill("[name=code]", &self.used).await;
    }
}
