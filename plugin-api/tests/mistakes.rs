//! The mistakes a plugin's author makes first, and that the compiler finds them.

#[test]
fn the_compiler_refuses_them() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
