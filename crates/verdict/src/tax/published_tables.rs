//! The default section against figures that were worked out elsewhere: the article's example, the break-even table of
//! the fact sheet (§1.2), and fleets reckoned by hand.

use super::sample::{default_tax, reckon, tax_from};
use super::{Comparison, Estimate, PerResource, Range, Ratio, Resource, ShapeEstimate, Side};

fn shape<'a, 'tax>(estimate: &'a Estimate<'tax>, id: &str) -> &'a ShapeEstimate<'tax> {
    estimate
        .shapes
        .iter()
        .find(|shape| shape.shape.id == id)
        .unwrap()
}

/// Millicores and MiB that the data plane of a shape reserves, where the figures have no spread.
fn reserved(estimate: &Estimate<'_>, id: &str) -> (u128, u128) {
    let data = &shape(estimate, id).reserved.data;
    let exact = |resource| {
        let range = data.of(resource).complete().unwrap();
        assert!(range.is_exact());
        range.low
    };
    (exact(Resource::Cpu), exact(Resource::Memory))
}

fn fleet(pods: u64, nodes: u64, waypoints: u64) -> [(&'static str, u64); 3] {
    [("pods", pods), ("nodes", nodes), ("waypoints", waypoints)]
}

fn ratio(numerator: u128, denominator: u128) -> Option<Ratio> {
    Ratio::new(numerator, denominator)
}

#[test]
fn the_article_says_20_to_60_cores_and_31_to_78_gib_for_400_sidecars_at_idle() {
    // Article §2: "50-150m CPU and 80-200 MiB of RAM at idle ... For 400 pods that is 20-60 CPU cores and 30-80 GiB".
    // 400 x 50m = 20,000m; 400 x 150m = 60,000m; 400 x 80 MiB = 32,000 MiB = 31.25 GiB; 400 x 200 = 80,000 = 78.125 GiB.
    let tax = default_tax();
    let estimate = reckon(&tax, &[("pods", 400)], &[]);
    let used = &shape(&estimate, "sidecars").used.data;
    assert_eq!(
        used.cpu.complete(),
        Some(Range {
            low: 20_000,
            high: 60_000
        })
    );
    assert_eq!(
        used.memory.complete(),
        Some(Range {
            low: 32_000,
            high: 80_000
        })
    );
}

#[test]
fn the_table_of_default_requests_comes_out_row_by_row() {
    // Fact sheet §1.2, "Break-even (D)": sidecar = pods x (100m, 128Mi); ambient L4 = nodes x (300m, 612Mi).
    let tax = default_tax();
    let rows = [
        // 400 / 20: 40.0 cores, 50.0 GiB = 51,200 MiB; 6.0 cores, 12.0 GiB (12,240 MiB = 11.953)
        (400, 20, (40_000, 51_200), (6_000, 12_240)),
        // 400 / 40: 40.0, 50.0; 12.0, 23.9 (24,480 MiB = 23.906)
        (400, 40, (40_000, 51_200), (12_000, 24_480)),
        // 1000 / 40: 100, 125 (128,000 MiB); 12.0, 23.9
        (1_000, 40, (100_000, 128_000), (12_000, 24_480)),
        // 60 / 12: 6.0, 7.5 (7,680 MiB); 3.6, 7.2 (7,344 MiB = 7.172)
        (60, 12, (6_000, 7_680), (3_600, 7_344)),
    ];
    for (pods, nodes, sidecars, sidecarless) in rows {
        let estimate = reckon(&tax, &fleet(pods, nodes, 0), &[]);
        assert_eq!(reserved(&estimate, "no-mesh"), (0, 0));
        assert_eq!(reserved(&estimate, "sidecars"), sidecars, "{pods} pods");
        assert_eq!(
            reserved(&estimate, "sidecarless-l4"),
            sidecarless,
            "{pods} pods on {nodes} nodes"
        );
        // Without waypoints the two sidecarless shapes are one.
        assert_eq!(estimate.shapes.len(), 3);
    }
}

#[test]
fn ten_namespaces_with_two_waypoint_replicas_add_2_cores_and_2_5_gib() {
    // Fact sheet §1.2, last row: 20 x 100m = 2,000m; 20 x 128 MiB = 2,560 MiB = 2.5 GiB.
    let tax = default_tax();
    let estimate = reckon(&tax, &fleet(400, 20, 10 * 2), &[]);
    assert_eq!(
        reserved(&estimate, "sidecarless-l7"),
        (6_000 + 2_000, 12_240 + 2_560)
    );
}

#[test]
fn the_break_even_is_above_3_pods_per_node_for_cpu_and_4_78_for_memory() {
    // Fact sheet §1.2: 300m / 100m = 3; 612 MiB / 128 MiB = 4.78125.
    let tax = default_tax();
    let estimate = reckon(&tax, &[], &[]);
    let point = estimate.break_even[0].comparison;
    assert_eq!(
        (point.cpu.point.low, point.cpu.point.high),
        (ratio(3, 1), ratio(3, 1))
    );
    assert_eq!(
        (point.memory.point.low, point.memory.point.high),
        (ratio(478_125, 100_000), ratio(612, 128))
    );
    assert_eq!(point.cpu.side, None);
}

#[test]
fn ztunnel_without_its_cni_breaks_even_above_2_and_4() {
    // Fact sheet §1.2: "ztunnel alone: > 2 and > 4": 200m / 100m and 512 MiB / 128 MiB.
    let tax = tax_from(
        "
        shapes: [{id: node, title: By node}, {id: pod, title: By pod}]
        quantities:
          - {fact: pods, one: pod, many: pods, example: 1}
          - {fact: nodes, one: node, many: nodes, example: 1}
        parts:
          - {id: a, title: A, shapes: [node], per: nodes, reserved: [{cpu: [200, 200], memory: [512, 512], sources: [seen], as_of: 2026-09-15}]}
          - {id: b, title: B, shapes: [pod], per: pods, reserved: [{cpu: [100, 100], memory: [128, 128], sources: [seen], as_of: 2026-09-15}]}
        latency: []
        break_even: [{shape: node, against: pod, of: pods, per: nodes}]
        ",
    );
    let point = reckon(&tax, &[], &[]).break_even[0].comparison;
    assert_eq!(
        (point.cpu.point.low, point.memory.point.low),
        (ratio(2, 1), ratio(4, 1))
    );
}

#[test]
fn a_hop_costs_0_40_0_12_and_0_37_vcpu_per_1000_requests_a_second() {
    // Fact sheet §1.2: sidecar 2 x 0.20 = 0.40; ambient L4 2 x 0.06 = 0.12; with waypoint 2 x 0.06 + 0.25 = 0.37.
    let tax = default_tax();
    let estimate = reckon(&tax, &[], &[]);
    let load = |id| {
        let shape = shape(&estimate, id);
        (
            shape.proxies_per_hop,
            shape.used_per_1000_rps.cpu.complete(),
        )
    };
    assert_eq!(load("no-mesh"), (0, Some(Range::ZERO)));
    assert_eq!(load("sidecarless-l4"), (2, Some(Range::exactly(120))));
    assert_eq!(load("sidecarless-l7"), (3, Some(Range::exactly(370))));
    assert_eq!(load("sidecars"), (2, Some(Range::exactly(400))));
}

#[test]
fn sixty_pods_on_twelve_nodes_save_cpu_and_hardly_any_memory() {
    // 5 pods per node, above 3 and above 4.78. CPU: 6,000m - 3,600m = 2,400m = 24 waypoints of 100m.
    // Memory: 7,680 - 7,344 = 336 MiB = 2.625 waypoints of 128 MiB, so the third one uses it up.
    let tax = default_tax();
    let estimate = reckon(&tax, &fleet(60, 12, 0), &[]);
    let break_even = &estimate.break_even[0];
    assert_eq!(break_even.fleet, ratio(5, 1));
    let expected = |comparison: Comparison, saving, waypoints| {
        assert_eq!(comparison.side, Some(Side::Less));
        assert_eq!(comparison.saving, Some(Range::exactly(saving)));
        assert_eq!(comparison.eaten_at, Some(Range::exactly(waypoints)));
    };
    expected(break_even.comparison.cpu, 2_400, 24);
    expected(break_even.comparison.memory, 336, 3);
    // 3,600m / 12 = 300m and 7,344 MiB / 12 = 612 MiB of each node; sidecars 500m and 640 MiB.
    let share = |id| {
        shape(&estimate, id)
            .share
            .map(|(_, share)| (share.cpu.low, share.memory.low))
    };
    assert_eq!(share("sidecarless-l4"), Some((300, 612)));
    assert_eq!(share("sidecars"), Some((500, 640)));
}

#[test]
fn a_thousand_pods_on_forty_nodes_cost_exactly_this_much_in_a_year() {
    // At 20 a vCPU-month and 4 a GiB-month, control plane (500m, 2,048 MiB) included:
    // sidecars:    100.5 vCPU x 20 + 127 GiB x 4           = 2,010 + 508    = 2,518    x 12 = 30,216
    // sidecarless:  12.5 vCPU x 20 + 25.90625 GiB x 4      =   250 + 103.625 = 353.625 x 12 =  4,243.5 -> 4,244
    let tax = default_tax();
    let facts = [
        ("pods", 1_000),
        ("nodes", 40),
        ("vcpu_month_cost", 20),
        ("gib_month_cost", 4),
    ];
    let estimate = reckon(&tax, &facts, &[]);
    let cost = |id| {
        shape(&estimate, id)
            .cost
            .map(|cost| (cost.per_year.low, cost.per_year.high))
    };
    assert_eq!(cost("no-mesh"), Some((0, 0)));
    assert_eq!(cost("sidecars"), Some((30_216, 30_216)));
    assert_eq!(cost("sidecarless-l4"), Some((4_244, 4_244)));
    assert_eq!(
        cost("sidecarless-l7"),
        None,
        "the number of waypoints was not given"
    );
    // 25 pods per node. 100,000m - 12,000m = 88,000m = 880 waypoints; 128,000 - 24,480 = 103,520 MiB = 808.75 of them.
    let comparison = estimate.break_even[0].comparison;
    assert_eq!(comparison.cpu.eaten_at, Some(Range::exactly(880)));
    assert_eq!(comparison.memory.eaten_at, Some(Range::exactly(809)));
}

#[test]
fn other_products_move_the_memory_break_even_far_more_than_that_of_cpu() {
    // Linkerd's high-availability values: 100m, 20Mi -> 300 / 100 = 3 and 612 / 20 = 30.6.
    // Kuma: 50m, 64Mi -> 6 and 9.5625. Linkerd's default values request nothing: no number of pods is enough.
    let tax = default_tax();
    let estimate = reckon(&tax, &fleet(400, 20, 0), &[]);
    let against = |title: &str| {
        let found = estimate.break_even[0]
            .alternatives
            .iter()
            .find(|(other, _)| other.title.starts_with(title));
        found.unwrap().1
    };
    let points = |both: PerResource<Comparison>| (both.cpu.point.low, both.memory.point.low);
    assert_eq!(points(against("Linkerd HA")), (ratio(3, 1), ratio(306, 10)));
    assert_eq!(
        points(against("Kuma")),
        (ratio(6, 1), ratio(95_625, 10_000))
    );
    assert_eq!(points(against("Linkerd default")), (None, None));
    // 20 pods per node: less CPU than Linkerd's, not less memory.
    assert_eq!(against("Linkerd HA").cpu.side, Some(Side::Less));
    assert_eq!(against("Linkerd HA").memory.side, Some(Side::NotLess));
    // 400 x 20 MiB = 8,000 MiB
    let linkerd = shape(&estimate, "sidecars").alternatives[0];
    assert_eq!(linkerd.reserved.memory, Some(Range::exactly(8_000)));
}

#[test]
fn exactly_at_the_break_even_is_not_less() {
    let tax = default_tax();
    let comparison = reckon(&tax, &fleet(60, 20, 0), &[]).break_even[0].comparison;
    assert_eq!(comparison.cpu.side, Some(Side::NotLess));
    assert_eq!(
        (comparison.cpu.saving, comparison.cpu.eaten_at),
        (None, None)
    );
}

#[test]
fn contradicting_sources_make_one_range_and_both_are_cited() {
    // ztunnel: 12-24 MiB measured by Buoyant, 12 MB (11.4 MiB) published by Istio: 20 x 11 = 220, 20 x 24 = 480.
    let tax = default_tax();
    let estimate = reckon(&tax, &fleet(400, 20, 0), &[]);
    let memory = &shape(&estimate, "sidecarless-l4").used.data.memory;
    assert_eq!(
        memory.range,
        Range {
            low: 220,
            high: 480
        }
    );
    assert_eq!(
        memory
            .unpublished
            .iter()
            .map(|part| part.id.as_str())
            .collect::<Vec<_>>(),
        ["istio-cni"]
    );
    let ztunnel = tax
        .parts()
        .iter()
        .find(|part| part.id == "ztunnel")
        .unwrap();
    let behind = estimate
        .references
        .behind(ztunnel.used.iter().map(|figure| &figure.cited));
    let vendors: Vec<_> = behind
        .iter()
        .map(|reference| reference.source.vendor.as_deref().unwrap())
        .collect();
    assert_eq!(vendors, ["Istio", "Buoyant"]);
    assert!(
        behind.iter().all(|reference| reference.is_old),
        "2025-05-22 and 2024-11-07 are both over 18 months ago"
    );
}

#[test]
fn no_pods_and_no_nodes_divide_nothing_by_zero() {
    let tax = default_tax();
    for (pods, nodes, side) in [
        (0, 0, None),
        (0, 12, Some(Side::NotLess)),
        (400, 0, None),
        (400, 20, Some(Side::Less)),
    ] {
        let estimate = reckon(&tax, &fleet(pods, nodes, 0), &[]);
        assert_eq!(
            shape(&estimate, "sidecarless-l4").share.is_some(),
            nodes > 0
        );
        assert_eq!(reserved(&estimate, "sidecars").0, u128::from(pods) * 100);
        assert_eq!(estimate.break_even[0].fleet.is_some(), nodes > 0);
        assert_eq!(estimate.break_even[0].comparison.cpu.side, side);
    }
}

#[test]
fn the_largest_fleet_at_the_highest_price_does_not_overflow() {
    let tax = default_tax();
    let million = reckon(
        &tax,
        &[
            ("pods", 1_000_000),
            ("nodes", 10_000),
            ("vcpu_month_cost", 1_000_000),
        ],
        &[],
    );
    // 1,000,000 x 100m + 500m = 100,000.5 vCPU x 1,000,000 x 12
    assert_eq!(
        shape(&million, "sidecars").cost.unwrap().per_year.low,
        1_200_006_000_000
    );
    let most = u64::MAX;
    let facts = [
        ("pods", most),
        ("nodes", most),
        ("waypoints", most),
        ("vcpu_month_cost", most),
        ("gib_month_cost", most),
    ];
    let estimate = reckon(&tax, &facts, &[]);
    assert_eq!(reserved(&estimate, "sidecars").0, u128::from(most) * 100);
    assert!(shape(&estimate, "sidecars").cost.is_some());
}

#[test]
fn the_side_and_the_waypoints_agree_with_the_reservations_of_every_small_fleet() {
    let tax = default_tax();
    for (pods, nodes) in (0..=60).flat_map(|pods| (1..=12).map(move |nodes| (pods, nodes))) {
        let estimate = reckon(&tax, &fleet(pods, nodes, 0), &[]);
        for resource in Resource::ALL {
            let comparison = estimate.break_even[0].comparison.of(resource);
            let total = |estimate: &Estimate<'_>, id| {
                shape(estimate, id).reserved.data.of(resource).range.low
            };
            let sidecars = total(&estimate, "sidecars");
            let saves = total(&estimate, "sidecarless-l4") < sidecars;
            assert_eq!(
                comparison.side == Some(Side::Less),
                saves,
                "{pods} pods on {nodes} nodes"
            );
            if let Some(eaten) = comparison.eaten_at {
                let with = |waypoints| {
                    let estimate = reckon(&tax, &fleet(pods, nodes, waypoints), &[]);
                    let is_one = waypoints == 0;
                    total(
                        &estimate,
                        if is_one {
                            "sidecarless-l4"
                        } else {
                            "sidecarless-l7"
                        },
                    )
                };
                let last = u64::try_from(eaten.low).unwrap();
                assert!(
                    with(last) >= sidecars && with(last - 1) < sidecars,
                    "{pods} pods on {nodes} nodes"
                );
            }
        }
    }
}
