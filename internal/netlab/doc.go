// Package netlab makes networks for tests: the test process in a network
// namespace of its own, and for each test a second namespace joined to it by a
// veth pair with a unique name. Frames go out through packet sockets, so a test
// knows every byte of them. Nothing else crosses the pair: IPv6 is off until a
// test asks for addresses.
//
//	this process          the far namespace
//	  near (veth) ———————————— far (veth)
//
// A package that uses it calls Main from its TestMain. All of it goes when the
// test does, or at the latest with the process.
package netlab
