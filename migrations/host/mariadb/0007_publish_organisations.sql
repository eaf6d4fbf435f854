-- What plugins may read of the tree, so that lists show and sort by organisation; columns only grow.
create or replace view host_organisations_v1 as
  select o.organisation_id, o.parent_id, o.kind, o.name, o.name_folded,
    p.name as parent_name, p.name_folded as parent_name_folded, p.kind as parent_kind
  from host_organisation o left join host_organisation p on p.organisation_id = o.parent_id;
