//! What a list of nodes shows of each, as SQL about the table `o`.

/// The kind, as lists and the API call it.
pub(crate) const KIND: &str = "case o.kind when 'vendor' then 'fornitore' \
     when 'reseller' then 'rivenditore' when 'sub_company' then 'sotto_azienda' else 'agente' end";

/// How many people belong to the node itself.
pub(crate) const PEOPLE: &str =
    "(select count(*) from host_user u where u.organisation_id = o.organisation_id)";

/// How many nodes lie below it, at any depth, whose kind is `kinds`, a comparison.
pub(crate) fn below(kinds: &str) -> String {
    // '0' follows '/' in ASCII: the paths between are those of the branch.
    format!(
        "(select count(*) from host_organisation b where b.path > o.path \
         and b.path < substr(o.path, 1, length(o.path) - 1) || '0' and b.kind {kinds})"
    )
}
