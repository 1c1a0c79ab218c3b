//! What a mesh is used for: the four gifts, as its policies, routes and monitors show them.

pub(crate) mod authorization;
pub(crate) mod gifts;
pub(crate) mod layer;
pub(crate) mod mutual_tls;
pub(crate) mod observability;
pub(crate) mod route;
pub(crate) mod subsets;
pub(crate) mod traffic;
pub(crate) mod virtual_service;
